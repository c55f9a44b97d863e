/** What a person sees first: each is a tab. They read, and change nothing. */
export const EXAMPLES = [
  `# Who am I, and what is the state of my account?
query Who {
  viewer { role account { id name status } apiKey { id name expiresAt } }
  regions { name isDefault snapshotService { opened } }
}
`,
  `# The newest disks, each with its policy.
query Disks($first: Int! = 20) {
  disks(first: $first) {
    nodes { id name status sizeBytes category policy { id name } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  `# The newest snapshots, with what each has of its own.
query Snapshots($first: Int! = 20) {
  snapshots(first: $first) {
    nodes { id name kind status progressPercent createdAt expiresAt sourceDisk { id } }
    pageInfo { hasNextPage endCursor }
  }
}
`,
  `# What has happened, the latest last.
query Events {
  events(first: 50) {
    nodes { id type at }
    pageInfo { hasNextPage endCursor }
  }
}
`,
];
