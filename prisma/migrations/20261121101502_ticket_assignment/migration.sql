-- New tickets may be given to the people of the shop in turn.
ALTER TABLE "businesses" ADD COLUMN "assign_tickets" BOOLEAN NOT NULL DEFAULT false;
