/** One value for every business, or what tells each business's own. The value itself is never a function. */
export type OfBusiness<T> = T | ((businessId: string) => Promise<T>);

/** The same dependencies, some of which differ by business. */
export type PerBusiness<T, K extends keyof T> = Omit<T, K> & { [P in K]: OfBusiness<T[P]> };

export function forBusiness<T>(value: OfBusiness<T>, businessId: string): T | Promise<T> {
  return typeof value === 'function' ? (value as (businessId: string) => Promise<T>)(businessId) : value;
}

/** The dependencies as one business has them. */
export async function resolveFor<T, K extends keyof T>(
  deps: PerBusiness<T, K>,
  names: readonly K[],
  businessId: string,
): Promise<T> {
  const values = await Promise.all(names.map((name) => forBusiness(deps[name] as OfBusiness<T[K]>, businessId)));
  const own = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  return { ...deps, ...own } as T;
}
