import type { Route } from "./route.ts";

/** One path and everything that can be done there. */
export interface Resource {
  /** As the routes give it, e.g. `/api/v1/devices/{id}`. */
  readonly path: string;
  readonly routes: ReadonlyMap<string, Route>;
  /** Value of the `allow` header. */
  readonly allow: string;
}

/** Groups routes by path, fixed segments before parameters: the order in which features are listed never matters. */
export function resourcesOf(routes: readonly Route[]): readonly Resource[] {
  const shapes = new Map<string, Map<string, Route>>();
  for (const route of routes) {
    const shape = shapeOf(route.path);
    const methods = shapes.get(shape) ?? new Map<string, Route>();
    shapes.set(shape, methods);
    addRoute(methods, route);
  }
  return [...shapes].toSorted(([a], [b]) => a < b ? -1 : 1).map(([, methods]) => resource(methods));
}

/** The highest code unit in place of each parameter, so that it sorts behind every fixed segment. */
const shapeOf = (path: string) => path.replaceAll(/\{\w+\}/g, "\uffff");

function addRoute(methods: Map<string, Route>, route: Route): void {
  const [other] = methods.values();
  if (methods.has(route.method) || (other !== undefined && other.path !== route.path)) {
    throw new Error(`Cannot serve ${route.method} ${route.path}: it clashes with ${other?.method} ${other?.path}`);
  }
  methods.set(route.method, route);
  if (route.method === "GET") methods.set("HEAD", route);
}

function resource(routes: ReadonlyMap<string, Route>): Resource {
  const [first] = routes.values();
  return { path: first?.path ?? "", routes, allow: [...routes.keys(), "OPTIONS"].join(", ") };
}
