import tseslint from 'typescript-eslint';

// Biome formats and lints everything else. Its own promise rule follows types only into our files, so it misses
// `prisma.message.create()` and `handle.signal()`; these two rules are the reason that this tool is here.
export default tseslint.config(
  {
    ignores: [
      'node_modules',
      'admin',
      'src/platform/database/generated',
      'tests/.artifacts',
      'dist',
      '**/*.js',
      '**/*.mjs',
      '**/*.cjs',
    ],
  },
  {
    files: ['**/*.ts'],
    languageOptions: {
      parser: tseslint.parser,
      parserOptions: { project: './tsconfig.json', tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { '@typescript-eslint': tseslint.plugin },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
    },
  },
);
