import { useLocale } from 'react-admin';
import { Word } from '../fields/Word.tsx';
import { Line, Section } from '../pages/Section.tsx';
import type { Product } from './product.ts';

/** What the shop says of a product besides price and stock, and who said it. */
export function ProductAttributes({ product: { attributes } }: { product: Product }) {
  const language = useLocale() === 'fa' ? 'fa' : 'en';
  return (
    <Section title="product.attributes">
      {attributes.map(({ name, label, values, from }) => (
        <Line key={name} label={label[language]}>
          <bdi>{values.join(language === 'fa' ? '، ' : ', ')}</bdi>
          {from === 'person' && (
            <>
              {' · '}
              <Word words="product_origin" value="person" />
            </>
          )}
        </Line>
      ))}
    </Section>
  );
}
