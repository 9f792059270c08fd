-- Providers of models that failed since they last answered: workers write them, and the health page tells of them.
CREATE TABLE "model_troubles" (
    "id" TEXT NOT NULL,
    "provider" TEXT NOT NULL,
    "model" TEXT NOT NULL,
    "code" TEXT NOT NULL,
    "failures" INTEGER NOT NULL,
    "first_failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "last_failed_at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "rests_until" TIMESTAMPTZ(3),

    CONSTRAINT "model_troubles_pkey" PRIMARY KEY ("id")
);
