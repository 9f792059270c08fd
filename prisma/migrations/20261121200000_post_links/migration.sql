-- Which products a post, story or ad shows, as people say it: "price?" under it then means them.
CREATE TABLE post_links (
  id uuid PRIMARY KEY DEFAULT uuidv7(),
  business_id uuid NOT NULL REFERENCES businesses (id) ON DELETE CASCADE ON UPDATE CASCADE,
  reference text NOT NULL,
  post text NOT NULL,
  product_id uuid NOT NULL REFERENCES products (id) ON DELETE CASCADE ON UPDATE CASCADE,
  created_at timestamptz(3) NOT NULL DEFAULT now(),
  updated_at timestamptz(3) NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX post_links_business_id_reference_product_id_key ON post_links (business_id, reference, product_id);
CREATE INDEX post_links_product_id_idx ON post_links (product_id);
