/** Whether the person, an option or a script that nobody watches has said yes. */
export interface Consent {
  isGiven: boolean;
}

/**
 * What each mutation that the client sends does to what is there. `TAKES`: something of a person's
 * is deleted, overwritten or ends sooner, so it is sent only after {@link Consent}.
 */
export const MUTATIONS: Readonly<Record<string, 'TAKES' | 'KEEPS'>> = {
  OpenService: 'KEEPS',
  SetQuota: 'KEEPS',
  CreateApiKey: 'KEEPS',
  RevokeApiKey: 'TAKES',
  PrepareUpload: 'KEEPS',
  // of a draft that the same client has opened, or of an attached disk: `disk sync` asks by itself
  CommitBlocks: 'KEEPS',
  OpenDraft: 'KEEPS',
  CommitDraft: 'KEEPS',
  DiscardDraft: 'KEEPS',
  ReportDamage: 'KEEPS',
  CreateDisk: 'KEEPS',
  UpdateDisk: 'KEEPS',
  ResizeDisk: 'KEEPS',
  RollbackDisk: 'TAKES',
  CompleteReencryption: 'KEEPS',
  ReleaseDisk: 'TAKES',
  AttachDisk: 'KEEPS',
  DetachDisk: 'TAKES',
  ReinitializeDisk: 'TAKES',
  ExportImage: 'KEEPS',
  CancelImageExport: 'TAKES',
  ImportImage: 'KEEPS',
  CancelImageImport: 'TAKES',
  CreateImage: 'KEEPS',
  UpdateImage: 'KEEPS',
  DeleteImage: 'TAKES',
  ShareImage: 'KEEPS',
  UnshareImage: 'TAKES',
  CreateInstance: 'KEEPS',
  UpdateInstance: 'KEEPS',
  StartInstance: 'KEEPS',
  StopInstance: 'KEEPS',
  ReleaseInstance: 'TAKES',
  ReplaceSystemDisk: 'TAKES',
  AcquireLease: 'KEEPS',
  RenewLease: 'KEEPS',
  ReleaseLease: 'KEEPS',
  CreatePolicy: 'KEEPS',
  UpdatePolicy: 'KEEPS',
  DeletePolicy: 'TAKES',
  ApplyPolicy: 'KEEPS',
  CancelPolicy: 'TAKES',
  StartScrub: 'KEEPS',
  // what it found stays
  CancelScrub: 'KEEPS',
  CreateSnapshot: 'KEEPS',
  CopySnapshot: 'KEEPS',
  CancelCopy: 'TAKES',
  UpdateSnapshot: 'KEEPS',
  DeleteSnapshots: 'TAKES',
  RestoreTrash: 'KEEPS',
  PurgeTrash: 'TAKES',
  SetTrashRetention: 'TAKES',
  PinSnapshot: 'KEEPS',
  UnpinSnapshot: 'TAKES',
  SetSnapshotRetention: 'TAKES',
  SetRecoveryPointObjective: 'KEEPS',
  CreateConsoleLink: 'KEEPS',
  CreateWebhook: 'KEEPS',
  UpdateWebhook: 'TAKES',
  DeleteWebhook: 'TAKES',
  RotateWebhookSecret: 'KEEPS',
  TestWebhook: 'KEEPS',
};

/**
 * Throws where a command is about to send what it has not asked for: our bug, found before anything
 * is lost. One that is in no list counts as taking.
 */
export function refuseUnasked(text: string, variables: unknown, { isGiven }: Consent): void {
  const name = /\bmutation (\w+)/.exec(text)?.[1];
  if (isGiven || name === undefined || MUTATIONS[name] === 'KEEPS' || isDry(variables)) return;
  throw new Error(`${name} was about to be sent without being asked for`);
}

/** The service itself carries it out without a change. */
function isDry(variables: unknown): boolean {
  return (variables as { readonly input?: { readonly dryRun?: unknown } }).input?.dryRun === true;
}
