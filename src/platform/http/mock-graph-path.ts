/** Where the API serves a Graph API of its own, when it stands in for Meta. */
export const MOCK_GRAPH_PATH = '/mock/graph';
