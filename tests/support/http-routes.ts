import type { Express } from 'express';

interface Layer {
  route?: { path: string | string[]; methods: Record<string, boolean> };
  handle?: { stack?: Layer[] };
}

/** `get /api/faqs/{id}` for every route that an app serves; `all` stands for a refusal of other methods. */
export function listRoutes(app: Express): string[] {
  const routes = new Set<string>();
  const visit = (stack: Layer[]) => {
    for (const { route, handle } of stack) {
      if (handle?.stack) visit(handle.stack);
      if (!route) continue;
      for (const path of [route.path].flat())
        for (const method of Object.keys(route.methods))
          if (method !== '_all') routes.add(`${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
    }
  };
  visit((app.router as unknown as { stack: Layer[] }).stack);
  return [...routes].sort();
}
