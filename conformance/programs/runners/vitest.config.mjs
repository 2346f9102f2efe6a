// What an app would not need: here the packages run from their sources.
export default {
  test: { include: ['*.suite.mjs'], globals: true, server: { deps: { external: [/\/packages\//] } } },
  ssr: { resolve: { conditions: ['source'], externalConditions: ['source'] } },
};
