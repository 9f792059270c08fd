import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidInputError } from '../../../../../src/platform/errors.ts';
import {
  booleanField,
  dateField,
  integerField,
  textField,
  uuidField,
  wordField,
} from '../../../../../src/platform/http/resources/field.ts';
import { readListQuery, type Sortable } from '../../../../../src/platform/http/resources/list-query.ts';

const ID = '01900000-0000-7000-8000-000000000000';
const things: Sortable = {
  fields: {
    id: uuidField(),
    ownerId: uuidField({ path: ['owner', 'id'] }),
    tagId: uuidField({ path: ['tags', 'id'], some: true }),
    name: textField(),
    state: wordField(['on', 'off']),
    size: integerField({ nullable: true }),
    open: booleanField(),
    madeAt: dateField(),
    hidden: textField({ filterable: false, sortable: false }),
  },
  search: [['name'], ['owner', 'name']],
  defaultSort: ['madeAt', 'DESC'],
};
const read = (query: Record<string, unknown>) => readListQuery(things, query);
const where = (filter: object) => read({ filter: JSON.stringify(filter) }).where;

describe('readListQuery', () => {
  it('reads sort, range and filter as react-admin writes them', () => {
    const query = read({ sort: '["name","ASC"]', range: '[10,34]', filter: '{"state":"on"}' });
    expect(query).toEqual({
      orderBy: [{ name: 'asc' }, { id: 'asc' }],
      start: 10,
      skip: 10,
      take: 25,
      where: { AND: [{ state: 'on' }] },
    });
  });

  it('sorts by the default, puts nulls last, and follows relations', () => {
    expect(read({}).orderBy).toEqual([{ madeAt: 'desc' }, { id: 'asc' }]);
    expect(read({ sort: '["size","DESC"]' }).orderBy[0]).toEqual({ size: { sort: 'desc', nulls: 'last' } });
    expect(read({ sort: '["ownerId","ASC"]' }).orderBy[0]).toEqual({ owner: { id: 'asc' } });
    expect(read({ sort: '["id","DESC"]' }).orderBy).toEqual([{ id: 'desc' }]);
  });

  describe('searching for numbers and phones', () => {
    const orders: Sortable = { ...things, search: [['name']], numberSearch: [['number']], phoneSearch: [['phone']] };
    const found = (q: string) => {
      const [search] = readListQuery(orders, { filter: JSON.stringify({ q }) }).where.AND as [{ OR: object[] }];
      return search.OR.filter((condition) => !('name' in condition));
    };

    it.each(['1001', '۱۰۰۱', '١٠٠١', ' 1001 '])('finds the number 1001 by %j', (q) => {
      expect(found(q)).toEqual([{ number: 1001 }, { phone: { contains: '1001' } }]);
    });

    it.each(['09121234567', '۰۹۱۲۱۲۳۴۵۶۷', '0912 123 4567', '0912-123-4567', '00 9121234567', '9121234567'])(
      'finds the phone +989121234567 by %j',
      (q) => {
        expect(found(q)).toContainEqual({ phone: { contains: '9121234567' } });
      },
    );

    it('finds a phone by its beginning, and one with its country', () => {
      expect(found('0912123')).toContainEqual({ phone: { contains: '912123' } });
      expect(found('۰۹۱۲ ۱۲۳')).toContainEqual({ phone: { contains: '912123' } });
      expect(found('+98 912 123 4567')).toEqual([{ phone: { contains: '989121234567' } }]);
    });

    it('finds a number with its sign', () => {
      expect(found('#1001')).toEqual([{ number: 1001 }]);
    });

    it.each(['مریم', 'order 1001', '12a', '1,001'])('sees neither in %j', (q) => {
      expect(found(q)).toEqual([]);
    });

    it('compares no number that a column cannot hold, and no phone of three digits', () => {
      expect(found('99999999999')).toEqual([{ phone: { contains: '99999999999' } }]);
      expect(found('9999999999')).toEqual([{ phone: { contains: '9999999999' } }]);
      expect(found('101')).toEqual([{ number: 101 }]);
    });
  });

  it('turns each kind of filter into its condition', () => {
    expect(where({ id: [ID] })).toEqual({ AND: [{ id: { in: [ID] } }] });
    expect(where({ ownerId: ID })).toEqual({ AND: [{ owner: { id: ID } }] });
    expect(where({ tagId: ID })).toEqual({ AND: [{ tags: { some: { id: ID } } }] });
    expect(where({ size: null })).toEqual({ AND: [{ size: null }] });
    expect(where({ size_gte: 5, size_lt: '9' })).toEqual({ AND: [{ size: { gte: 5 } }, { size: { lt: 9 } }] });
    expect(where({ state_neq: ['on'] })).toEqual({ AND: [{ state: { notIn: ['on'] } }] });
    expect(where({ name_q: '50%_\\' })).toEqual({
      AND: [{ name: { contains: '50\\%\\_\\\\', mode: 'insensitive' } }],
    });
  });

  it('searches every declared path with q, and the id when q is one', () => {
    const condition = { contains: 'x', mode: 'insensitive' };
    expect(where({ q: ' x ' })).toEqual({ AND: [{ OR: [{ name: condition }, { owner: { name: condition } }] }] });
    expect(JSON.stringify(where({ q: ID }))).toContain(`{"id":"${ID}"}`);
    expect(where({ q: ' ' })).toEqual({ AND: [{}] });
  });

  it('takes other parameters as filters, in snake case too', () => {
    expect(read({ owner_id: ID, made_at_gte: '2026-01-01' }).where).toEqual({
      AND: [{ owner: { id: ID } }, { madeAt: { gte: new Date('2026-01-01') } }],
    });
    expect(() => read({ ownerid: ID })).toThrow(InvalidInputError);
  });

  it('takes all rows of an id list, and a bounded page otherwise', () => {
    expect(read({ filter: JSON.stringify({ id: [ID] }) }).take).toBe(500);
    expect(read({}).take).toBe(100);
    expect(read({ range: '[0,999]' }).take).toBe(1000);
    expect(() => read({ range: '[0,1000]' })).toThrow(InvalidInputError);
  });

  it.each<Record<string, unknown>>([
    { hidden: 'x' },
    { hidden_q: 'x' },
    { state: 'other' },
    { state_q: 'o' },
    { state_gte: 'on' },
    { open: 'maybe' },
    { size: 1.5 },
    { size_gte: null },
    { name: null },
    { name: { contains: 'x' } },
    { id: [null] },
    { id: `${ID} ` },
    { madeAt: 'now' },
    { madeAt: '2026-99-99' },
    { constructor: 1 },
    { AND: [] },
  ])('refuses the filter %j by name', (filter) => {
    const [name] = Object.keys(filter);
    try {
      where(filter);
      expect.unreachable();
    } catch (error) {
      expect((error as InvalidInputError).fields).toHaveProperty([`filter.${name}`]);
    }
  });

  it('tells all faults at once', () => {
    try {
      read({ sort: '["x","ASC"]', range: '[2,1]', filter: '{"a":1,"b":2}' });
      expect.unreachable();
    } catch (error) {
      expect(Object.keys((error as InvalidInputError).fields)).toEqual(['filter.a', 'filter.b', 'sort', 'range']);
    }
  });

  it('never does anything but answer or refuse, whatever it is given', () => {
    const value = fc.oneof(fc.string(), fc.json(), fc.constant(undefined), fc.array(fc.string()));
    fc.assert(
      fc.property(fc.record({ sort: value, range: value, filter: value, other: value }), (query) => {
        try {
          const { take, skip } = read(query);
          expect(take).toBeLessThanOrEqual(1000);
          expect(skip).toBeGreaterThanOrEqual(0);
        } catch (error) {
          expect(error).toBeInstanceOf(InvalidInputError);
        }
      }),
      { numRuns: 500 },
    );
  });
});
