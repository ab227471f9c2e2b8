import { defineConfig } from "vitest/config";

const server = process.env.BOLT_STUDIO ?? "http://127.0.0.1:8765";

export default defineConfig({
  base: "./",
  build: {
    outDir: "../bolt_agent/studio/static",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0, // the page's security policy allows no data: scripts or styles
    modulePreload: { polyfill: false },
    license: { fileName: "licenses.md" },
    reportCompressedSize: false,
    chunkSizeWarningLimit: 700,
  },
  server: {
    proxy: {
      "/ws": { target: server.replace("http", "ws"), ws: true },
      "/api": server,
      "/stop": server,
    },
  },
  test: {
    environment: "happy-dom",
    include: ["tests/**/*.test.ts"],
  },
});
