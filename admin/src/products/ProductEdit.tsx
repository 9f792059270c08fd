import { Edit, SimpleForm, useRecordContext } from 'react-admin';
import { AttributeInputs, VariantInputs } from './AttributeInputs.tsx';
import { ProductInputs } from './ProductInputs.tsx';
import type { Product } from './product.ts';
import { fieldsToSend } from './sent-fields.ts';

/** What a sync keeps follows the shop; what is said of it besides may be written here. */
function Inputs() {
  const product = useRecordContext<Product>();
  return (
    <>
      {product?.source === 'manual' && <ProductInputs />}
      <AttributeInputs />
      <VariantInputs />
    </>
  );
}

export default function ProductEdit() {
  return (
    <Edit
      mutationMode="pessimistic"
      redirect="show"
      transform={(data: Record<string, unknown>, options?: { previousData?: Record<string, unknown> }) =>
        fieldsToSend(data, options?.previousData ?? {})
      }
      sx={{ maxWidth: 900 }}
    >
      <SimpleForm>
        <Inputs />
      </SimpleForm>
    </Edit>
  );
}
