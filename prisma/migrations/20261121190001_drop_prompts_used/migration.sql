-- Nothing ever wrote it, and nothing needs it: a decision names its prompt and version, the versions of a release and
-- the published ones of a shop are never edited, and "prompt_files" and "prompt_versions" keep their texts.
DROP TABLE "prompts_used";
