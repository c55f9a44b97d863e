import type * as Schema from './schema.ts';
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { AccountRow, ApiKeyRow } from '../service/model/accounts/rows.ts';
import type { DiskRow } from '../service/model/disks/rows.ts';
import type { Rollback } from '../service/model/disks/rollback-result.ts';
import type { ImageRow } from '../service/model/images/rows.ts';
import type { InstanceRow } from '../service/model/instances/rows.ts';
import type { PolicyRow } from '../service/model/policies/rows.ts';
import type { PlannedPolicy } from '../service/model/policies/planned.ts';
import type { RunRow, SlotRow } from '../service/model/policies/run-rows.ts';
import type { LeaseRow } from '../service/model/leases/rows.ts';
import type { SnapshotRow } from '../service/model/snapshots/rows.ts';
import type { ChainRow } from '../service/model/chains/rows.ts';
import type { ScrubRow, DamagedObject } from '../service/model/scrubs/rows.ts';
import type { MovementRow } from '../service/model/money/rows.ts';
import type { Job } from '../service/model/jobs/rows.ts';
import type { WebhookRow, ShownDelivery } from '../service/model/webhooks/rows.ts';
import type { EventRow } from '../service/model/events/rows.ts';
import type { ExportRow } from '../service/model/exports/rows.ts';
import type { TrashRow } from '../service/model/trash/rows.ts';
import type { ChainMember } from '../service/model/chains/members.ts';
import type { Unreadable } from '../service/model/disks/unreadable.ts';
import type { DraftRow } from '../service/model/datapath/rows.ts';
import type { AuditRow } from '../service/model/audit/rows.ts';
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };


export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Schema.Maybe<TTypes> | Promise<Schema.Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;




/** Mapping of interface types */
export type ResolversInterfaceTypes<_RefType extends Record<string, unknown>> = {
  Node:
    | ( DiskRow )
    | ( SnapshotRow )
    | ( ImageRow )
    | ( InstanceRow )
    | ( Job )
    | ( PolicyRow )
  ;
};

/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  String: ResolverTypeWrapper<Schema.Scalars['String']['output']>;
  Int: ResolverTypeWrapper<Schema.Scalars['Int']['output']>;
  ID: ResolverTypeWrapper<Schema.Scalars['ID']['output']>;
  Boolean: ResolverTypeWrapper<Schema.Scalars['Boolean']['output']>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Viewer: ResolverTypeWrapper<Omit<Schema.Viewer, 'account' | 'apiKey'> & { account: ResolversTypes['Account'], apiKey: ResolversTypes['ApiKey'] }>;
  Account: ResolverTypeWrapper<AccountRow>;
  AccountStatus: Schema.AccountStatus;
  Role: Schema.Role;
  Region: ResolverTypeWrapper<Schema.Region>;
  SnapshotService: ResolverTypeWrapper<Schema.SnapshotService>;
  OpenSnapshotServiceInput: Schema.OpenSnapshotServiceInput;
  OpenSnapshotServicePayload: ResolverTypeWrapper<Schema.OpenSnapshotServicePayload>;
  ApiKey: ResolverTypeWrapper<ApiKeyRow>;
  ApiKeyConnection: ResolverTypeWrapper<Omit<Schema.ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversTypes['ApiKey']> }>;
  ApiKeyEdge: ResolverTypeWrapper<Omit<Schema.ApiKeyEdge, 'node'> & { node: ResolversTypes['ApiKey'] }>;
  CreateApiKeyInput: Schema.CreateApiKeyInput;
  CreateApiKeyPayload: ResolverTypeWrapper<Omit<Schema.CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  RevokeApiKeyInput: Schema.RevokeApiKeyInput;
  RevokeApiKeyPayload: ResolverTypeWrapper<Omit<Schema.RevokeApiKeyPayload, 'apiKey'> & { apiKey: ResolversTypes['ApiKey'] }>;
  Disk: ResolverTypeWrapper<DiskRow>;
  Snapshot: ResolverTypeWrapper<SnapshotRow>;
  AllowedAction: ResolverTypeWrapper<Schema.AllowedAction>;
  AdvicePurpose: Schema.AdvicePurpose;
  PurposeAdvice: ResolverTypeWrapper<Schema.PurposeAdvice>;
  DiskAdvice: ResolverTypeWrapper<Omit<Schema.DiskAdvice, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  MeasuredChange: ResolverTypeWrapper<Schema.MeasuredChange>;
  ForecastOption: Schema.ForecastOption;
  PolicyForecast: ResolverTypeWrapper<Schema.PolicyForecast>;
  DiskAdviceConnection: ResolverTypeWrapper<Omit<Schema.DiskAdviceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DiskAdviceEdge']>, nodes: ReadonlyArray<ResolversTypes['DiskAdvice']> }>;
  DiskAdviceEdge: ResolverTypeWrapper<Omit<Schema.DiskAdviceEdge, 'node'> & { node: ResolversTypes['DiskAdvice'] }>;
  UnprotectedDisk: ResolverTypeWrapper<Omit<Schema.UnprotectedDisk, 'disk' | 'newestSnapshot'> & { disk: ResolversTypes['Disk'], newestSnapshot?: Schema.Maybe<ResolversTypes['Snapshot']> }>;
  UnprotectedDiskConnection: ResolverTypeWrapper<Omit<Schema.UnprotectedDiskConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['UnprotectedDiskEdge']>, nodes: ReadonlyArray<ResolversTypes['UnprotectedDisk']> }>;
  UnprotectedDiskEdge: ResolverTypeWrapper<Omit<Schema.UnprotectedDiskEdge, 'node'> & { node: ResolversTypes['UnprotectedDisk'] }>;
  ForgottenSnapshot: ResolverTypeWrapper<Omit<Schema.ForgottenSnapshot, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  ForgottenSnapshotConnection: ResolverTypeWrapper<Omit<Schema.ForgottenSnapshotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ForgottenSnapshotEdge']>, nodes: ReadonlyArray<ResolversTypes['ForgottenSnapshot']> }>;
  ForgottenSnapshotEdge: ResolverTypeWrapper<Omit<Schema.ForgottenSnapshotEdge, 'node'> & { node: ResolversTypes['ForgottenSnapshot'] }>;
  AttachDiskInput: Schema.AttachDiskInput;
  AttachDiskPayload: ResolverTypeWrapper<Omit<Schema.AttachDiskPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  DetachDiskInput: Schema.DetachDiskInput;
  DetachDiskPayload: ResolverTypeWrapper<Omit<Schema.DetachDiskPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  AuditOutcome: Schema.AuditOutcome;
  AuditActorKind: Schema.AuditActorKind;
  DeletionReason: Schema.DeletionReason;
  AuditRecord: ResolverTypeWrapper<AuditRow>;
  AuditConnection: ResolverTypeWrapper<Omit<Schema.AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversTypes['AuditRecord']> }>;
  AuditEdge: ResolverTypeWrapper<Omit<Schema.AuditEdge, 'node'> & { node: ResolversTypes['AuditRecord'] }>;
  SafeInt: ResolverTypeWrapper<Schema.Scalars['SafeInt']['output']>;
  DateTime: ResolverTypeWrapper<Schema.Scalars['DateTime']['output']>;
  Node: ResolverTypeWrapper<ResolversInterfaceTypes<ResolversTypes>['Node']>;
  PageInfo: ResolverTypeWrapper<Schema.PageInfo>;
  SortDirection: Schema.SortDirection;
  Tag: ResolverTypeWrapper<Schema.Tag>;
  TagInput: Schema.TagInput;
  TagFilter: Schema.TagFilter;
  ContentSizes: ResolverTypeWrapper<Schema.ContentSizes>;
  Encryption: ResolverTypeWrapper<Schema.Encryption>;
  OperationError: ResolverTypeWrapper<Schema.OperationError>;
  Capacity: ResolverTypeWrapper<Schema.Capacity>;
  CapacitySampleConnection: ResolverTypeWrapper<Schema.CapacitySampleConnection>;
  CapacitySampleEdge: ResolverTypeWrapper<Schema.CapacitySampleEdge>;
  Chain: ResolverTypeWrapper<ChainRow>;
  ChainCapacity: ResolverTypeWrapper<Schema.ChainCapacity>;
  ChainNodeConnection: ResolverTypeWrapper<Omit<Schema.ChainNodeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ChainNodeEdge']>, nodes: ReadonlyArray<ResolversTypes['ChainNode']> }>;
  ChainNodeEdge: ResolverTypeWrapper<Omit<Schema.ChainNodeEdge, 'node'> & { node: ResolversTypes['ChainNode'] }>;
  ChainNode: ResolverTypeWrapper<ChainMember>;
  ChainConnection: ResolverTypeWrapper<Omit<Schema.ChainConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ChainEdge']>, nodes: ReadonlyArray<ResolversTypes['Chain']> }>;
  ChainEdge: ResolverTypeWrapper<Omit<Schema.ChainEdge, 'node'> & { node: ResolversTypes['Chain'] }>;
  SnapshotCopy: ResolverTypeWrapper<Schema.SnapshotCopy>;
  CopyProblem: ResolverTypeWrapper<Schema.CopyProblem>;
  CopySnapshotInput: Schema.CopySnapshotInput;
  CopySnapshotPayload: ResolverTypeWrapper<Omit<Schema.CopySnapshotPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  CancelCopyInput: Schema.CancelCopyInput;
  CancelCopyPayload: ResolverTypeWrapper<Schema.CancelCopyPayload>;
  ReportDamageInput: Schema.ReportDamageInput;
  MetBlockInput: Schema.MetBlockInput;
  ReportDamagePayload: ResolverTypeWrapper<Schema.ReportDamagePayload>;
  MetBlock: ResolverTypeWrapper<Schema.MetBlock>;
  MetBlockState: Schema.MetBlockState;
  PrepareUploadInput: Schema.PrepareUploadInput;
  PrepareObjectInput: Schema.PrepareObjectInput;
  StoredFormInput: Schema.StoredFormInput;
  UploadState: Schema.UploadState;
  PrepareUploadPayload: ResolverTypeWrapper<Schema.PrepareUploadPayload>;
  PreparedObject: ResolverTypeWrapper<Schema.PreparedObject>;
  HttpHeader: ResolverTypeWrapper<Schema.HttpHeader>;
  CommitBlocksInput: Schema.CommitBlocksInput;
  BlockWriteInput: Schema.BlockWriteInput;
  BlockRangeInput: Schema.BlockRangeInput;
  CommitBlocksPayload: ResolverTypeWrapper<Schema.CommitBlocksPayload>;
  OpenDraftInput: Schema.OpenDraftInput;
  OpenDraftPayload: ResolverTypeWrapper<Omit<Schema.OpenDraftPayload, 'draft'> & { draft: ResolversTypes['Draft'] }>;
  CommitDraftInput: Schema.CommitDraftInput;
  CommitDraftPayload: ResolverTypeWrapper<Omit<Schema.CommitDraftPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  DiscardDraftInput: Schema.DiscardDraftInput;
  DiscardDraftPayload: ResolverTypeWrapper<Schema.DiscardDraftPayload>;
  Draft: ResolverTypeWrapper<DraftRow>;
  DraftConnection: ResolverTypeWrapper<Omit<Schema.DraftConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DraftEdge']>, nodes: ReadonlyArray<ResolversTypes['Draft']> }>;
  DraftEdge: ResolverTypeWrapper<Omit<Schema.DraftEdge, 'node'> & { node: ResolversTypes['Draft'] }>;
  BlockMapInput: Schema.BlockMapInput;
  BlockMap: ResolverTypeWrapper<Schema.BlockMap>;
  MappedBlock: ResolverTypeWrapper<Schema.MappedBlock>;
  PageMapInput: Schema.PageMapInput;
  PageMap: ResolverTypeWrapper<Schema.PageMap>;
  MappedPage: ResolverTypeWrapper<Schema.MappedPage>;
  DiskKind: Schema.DiskKind;
  DiskCategory: Schema.DiskCategory;
  DiskStatus: Schema.DiskStatus;
  ChargeType: Schema.ChargeType;
  DiskOrigin: ResolverTypeWrapper<DiskRow>;
  DiskOriginKind: Schema.DiskOriginKind;
  DiskConnection: ResolverTypeWrapper<Omit<Schema.DiskConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DiskEdge']>, nodes: ReadonlyArray<ResolversTypes['Disk']> }>;
  DiskEdge: ResolverTypeWrapper<Omit<Schema.DiskEdge, 'node'> & { node: ResolversTypes['Disk'] }>;
  DiskFilter: Schema.DiskFilter;
  DiskOrder: Schema.DiskOrder;
  DiskOrderField: Schema.DiskOrderField;
  CreateDiskInput: Schema.CreateDiskInput;
  CreateDiskPayload: ResolverTypeWrapper<Omit<Schema.CreateDiskPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  UpdateDiskInput: Schema.UpdateDiskInput;
  UpdateDiskPayload: ResolverTypeWrapper<Omit<Schema.UpdateDiskPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  ResizeDiskInput: Schema.ResizeDiskInput;
  ResizeDiskPayload: ResolverTypeWrapper<Omit<Schema.ResizeDiskPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  ReleaseDiskInput: Schema.ReleaseDiskInput;
  ReleaseDiskPayload: ResolverTypeWrapper<Omit<Schema.ReleaseDiskPayload, 'job'> & { job: ResolversTypes['Job'] }>;
  Event: ResolverTypeWrapper<EventRow>;
  EventSubject: ResolverTypeWrapper<Schema.EventSubject>;
  EventConnection: ResolverTypeWrapper<Omit<Schema.EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['EventEdge']>, nodes: ReadonlyArray<ResolversTypes['Event']> }>;
  EventEdge: ResolverTypeWrapper<Omit<Schema.EventEdge, 'node'> & { node: ResolversTypes['Event'] }>;
  ImageExport: ResolverTypeWrapper<ExportRow>;
  ImageFileFormat: Schema.ImageFileFormat;
  ImageExportStatus: Schema.ImageExportStatus;
  ExportProblem: ResolverTypeWrapper<Schema.ExportProblem>;
  ImageExportConnection: ResolverTypeWrapper<Omit<Schema.ImageExportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImageExportEdge']>, nodes: ReadonlyArray<ResolversTypes['ImageExport']> }>;
  ImageExportEdge: ResolverTypeWrapper<Omit<Schema.ImageExportEdge, 'node'> & { node: ResolversTypes['ImageExport'] }>;
  ImageExportFilter: Schema.ImageExportFilter;
  ExportImageInput: Schema.ExportImageInput;
  ExportImagePayload: ResolverTypeWrapper<Omit<Schema.ExportImagePayload, 'export'> & { export: ResolversTypes['ImageExport'] }>;
  CancelImageExportInput: Schema.CancelImageExportInput;
  CancelImageExportPayload: ResolverTypeWrapper<Schema.CancelImageExportPayload>;
  Image: ResolverTypeWrapper<ImageRow>;
  ImageConnection: ResolverTypeWrapper<Omit<Schema.ImageConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ImageEdge']>, nodes: ReadonlyArray<ResolversTypes['Image']> }>;
  ImageEdge: ResolverTypeWrapper<Omit<Schema.ImageEdge, 'node'> & { node: ResolversTypes['Image'] }>;
  SharedImageConnection: ResolverTypeWrapper<Omit<Schema.SharedImageConnection, 'nodes'> & { nodes: ReadonlyArray<ResolversTypes['Image']> }>;
  ImageFilter: Schema.ImageFilter;
  ImageOrder: Schema.ImageOrder;
  ImageOrderField: Schema.ImageOrderField;
  CreateImageInput: Schema.CreateImageInput;
  CreateImagePayload: ResolverTypeWrapper<Omit<Schema.CreateImagePayload, 'image'> & { image: ResolversTypes['Image'] }>;
  UpdateImageInput: Schema.UpdateImageInput;
  UpdateImagePayload: ResolverTypeWrapper<Omit<Schema.UpdateImagePayload, 'image'> & { image: ResolversTypes['Image'] }>;
  DeleteImageInput: Schema.DeleteImageInput;
  DeleteImagePayload: ResolverTypeWrapper<Schema.DeleteImagePayload>;
  ShareImageInput: Schema.ShareImageInput;
  ShareImagePayload: ResolverTypeWrapper<Omit<Schema.ShareImagePayload, 'image'> & { image: ResolversTypes['Image'] }>;
  UnshareImageInput: Schema.UnshareImageInput;
  UnshareImagePayload: ResolverTypeWrapper<Omit<Schema.UnshareImagePayload, 'image'> & { image: ResolversTypes['Image'] }>;
  Instance: ResolverTypeWrapper<InstanceRow>;
  InstanceKind: Schema.InstanceKind;
  InstanceStatus: Schema.InstanceStatus;
  InstanceConnection: ResolverTypeWrapper<Omit<Schema.InstanceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['InstanceEdge']>, nodes: ReadonlyArray<ResolversTypes['Instance']> }>;
  InstanceEdge: ResolverTypeWrapper<Omit<Schema.InstanceEdge, 'node'> & { node: ResolversTypes['Instance'] }>;
  InstanceFilter: Schema.InstanceFilter;
  InstanceOrder: Schema.InstanceOrder;
  InstanceOrderField: Schema.InstanceOrderField;
  InstanceDiskInput: Schema.InstanceDiskInput;
  CreateInstanceInput: Schema.CreateInstanceInput;
  CreateInstancePayload: ResolverTypeWrapper<Omit<Schema.CreateInstancePayload, 'instance'> & { instance: ResolversTypes['Instance'] }>;
  UpdateInstanceInput: Schema.UpdateInstanceInput;
  UpdateInstancePayload: ResolverTypeWrapper<Omit<Schema.UpdateInstancePayload, 'instance'> & { instance: ResolversTypes['Instance'] }>;
  StartInstanceInput: Schema.StartInstanceInput;
  StartInstancePayload: ResolverTypeWrapper<Omit<Schema.StartInstancePayload, 'instance'> & { instance: ResolversTypes['Instance'] }>;
  StopInstanceInput: Schema.StopInstanceInput;
  StopInstancePayload: ResolverTypeWrapper<Omit<Schema.StopInstancePayload, 'instance'> & { instance: ResolversTypes['Instance'] }>;
  ReleaseInstanceInput: Schema.ReleaseInstanceInput;
  ReleaseInstancePayload: ResolverTypeWrapper<Schema.ReleaseInstancePayload>;
  ReplaceSystemDiskInput: Schema.ReplaceSystemDiskInput;
  ReplaceSystemDiskPayload: ResolverTypeWrapper<Omit<Schema.ReplaceSystemDiskPayload, 'instance'> & { instance: ResolversTypes['Instance'] }>;
  Job: ResolverTypeWrapper<Job>;
  JobKind: Schema.JobKind;
  JobStatus: Schema.JobStatus;
  JobConnection: ResolverTypeWrapper<Omit<Schema.JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['JobEdge']>, nodes: ReadonlyArray<ResolversTypes['Job']> }>;
  JobEdge: ResolverTypeWrapper<Omit<Schema.JobEdge, 'node'> & { node: ResolversTypes['Job'] }>;
  JobFilter: Schema.JobFilter;
  WriterLease: ResolverTypeWrapper<LeaseRow>;
  AcquireLeaseInput: Schema.AcquireLeaseInput;
  AcquireLeasePayload: ResolverTypeWrapper<Omit<Schema.AcquireLeasePayload, 'lease' | 'disk'> & { lease: ResolversTypes['WriterLease'], disk: ResolversTypes['Disk'] }>;
  RenewLeaseInput: Schema.RenewLeaseInput;
  RenewLeasePayload: ResolverTypeWrapper<Omit<Schema.RenewLeasePayload, 'lease'> & { lease: ResolversTypes['WriterLease'] }>;
  ReleaseLeaseInput: Schema.ReleaseLeaseInput;
  ReleaseLeasePayload: ResolverTypeWrapper<Omit<Schema.ReleaseLeasePayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  Price: ResolverTypeWrapper<Schema.Price>;
  PriceConnection: ResolverTypeWrapper<Schema.PriceConnection>;
  PriceEdge: ResolverTypeWrapper<Schema.PriceEdge>;
  CapacityPackage: ResolverTypeWrapper<Schema.CapacityPackage>;
  CapacityPackageConnection: ResolverTypeWrapper<Schema.CapacityPackageConnection>;
  CapacityPackageEdge: ResolverTypeWrapper<Schema.CapacityPackageEdge>;
  Statement: ResolverTypeWrapper<Schema.Statement>;
  RegionStatement: ResolverTypeWrapper<Schema.RegionStatement>;
  PackageUse: ResolverTypeWrapper<Schema.PackageUse>;
  PriceUse: ResolverTypeWrapper<Schema.PriceUse>;
  StatementCorrection: ResolverTypeWrapper<Schema.StatementCorrection>;
  StatementConnection: ResolverTypeWrapper<Schema.StatementConnection>;
  StatementEdge: ResolverTypeWrapper<Schema.StatementEdge>;
  StatementLineKind: Schema.StatementLineKind;
  StatementLine: ResolverTypeWrapper<Schema.StatementLine>;
  StatementLineConnection: ResolverTypeWrapper<Schema.StatementLineConnection>;
  StatementLineEdge: ResolverTypeWrapper<Schema.StatementLineEdge>;
  Balance: ResolverTypeWrapper<Schema.Balance>;
  MovementKind: Schema.MovementKind;
  Movement: ResolverTypeWrapper<MovementRow>;
  MovementConnection: ResolverTypeWrapper<Omit<Schema.MovementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['MovementEdge']>, nodes: ReadonlyArray<ResolversTypes['Movement']> }>;
  MovementEdge: ResolverTypeWrapper<Omit<Schema.MovementEdge, 'node'> & { node: ResolversTypes['Movement'] }>;
  Overview: ResolverTypeWrapper<Schema.Overview>;
  DiskOverview: ResolverTypeWrapper<Schema.DiskOverview>;
  SnapshotOverview: ResolverTypeWrapper<Schema.SnapshotOverview>;
  RunOverview: ResolverTypeWrapper<Schema.RunOverview>;
  WaitingOverview: ResolverTypeWrapper<Schema.WaitingOverview>;
  PinSnapshotInput: Schema.PinSnapshotInput;
  PinSnapshotPayload: ResolverTypeWrapper<Omit<Schema.PinSnapshotPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  UnpinSnapshotInput: Schema.UnpinSnapshotInput;
  UnpinSnapshotPayload: ResolverTypeWrapper<Omit<Schema.UnpinSnapshotPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  SetSnapshotRetentionInput: Schema.SetSnapshotRetentionInput;
  SetSnapshotRetentionPayload: ResolverTypeWrapper<Omit<Schema.SetSnapshotRetentionPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  Policy: ResolverTypeWrapper<PolicyRow>;
  PolicyCopyTarget: ResolverTypeWrapper<Schema.PolicyCopyTarget>;
  PolicyCopyTargetInput: Schema.PolicyCopyTargetInput;
  PolicyStatus: Schema.PolicyStatus;
  PolicyConnection: ResolverTypeWrapper<Omit<Schema.PolicyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PolicyEdge']>, nodes: ReadonlyArray<ResolversTypes['Policy']> }>;
  PolicyEdge: ResolverTypeWrapper<Omit<Schema.PolicyEdge, 'node'> & { node: ResolversTypes['Policy'] }>;
  PolicyFilter: Schema.PolicyFilter;
  PolicyOrder: Schema.PolicyOrder;
  PolicyOrderField: Schema.PolicyOrderField;
  CreatePolicyInput: Schema.CreatePolicyInput;
  CreatePolicyPayload: ResolverTypeWrapper<Omit<Schema.CreatePolicyPayload, 'policy'> & { policy: ResolversTypes['Policy'] }>;
  UpdatePolicyInput: Schema.UpdatePolicyInput;
  UpdatePolicyPayload: ResolverTypeWrapper<Omit<Schema.UpdatePolicyPayload, 'policy'> & { policy: ResolversTypes['Policy'] }>;
  DeletePolicyInput: Schema.DeletePolicyInput;
  DeletePolicyPayload: ResolverTypeWrapper<Schema.DeletePolicyPayload>;
  ApplyPolicyInput: Schema.ApplyPolicyInput;
  ApplyPolicyPayload: ResolverTypeWrapper<Omit<Schema.ApplyPolicyPayload, 'policy'> & { policy: ResolversTypes['Policy'] }>;
  ApplyPolicyResult: ResolverTypeWrapper<Schema.ApplyPolicyResult>;
  CancelPolicyInput: Schema.CancelPolicyInput;
  CancelPolicyPayload: ResolverTypeWrapper<Schema.CancelPolicyPayload>;
  CancelPolicyResult: ResolverTypeWrapper<Schema.CancelPolicyResult>;
  PlannedRun: ResolverTypeWrapper<Schema.PlannedRun>;
  PolicyPreviewInput: Schema.PolicyPreviewInput;
  PolicyPreview: ResolverTypeWrapper<PlannedPolicy>;
  DiskForecast: ResolverTypeWrapper<Omit<Schema.DiskForecast, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  PolicyRun: ResolverTypeWrapper<RunRow>;
  PolicyRunCopy: ResolverTypeWrapper<Schema.PolicyRunCopy>;
  PolicyCopyStatus: Schema.PolicyCopyStatus;
  PolicyRunStatus: Schema.PolicyRunStatus;
  PolicyRunConnection: ResolverTypeWrapper<Omit<Schema.PolicyRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PolicyRunEdge']>, nodes: ReadonlyArray<ResolversTypes['PolicyRun']> }>;
  PolicyRunEdge: ResolverTypeWrapper<Omit<Schema.PolicyRunEdge, 'node'> & { node: ResolversTypes['PolicyRun'] }>;
  PolicySlot: ResolverTypeWrapper<SlotRow>;
  PolicySlotStatus: Schema.PolicySlotStatus;
  PolicySlotConnection: ResolverTypeWrapper<Omit<Schema.PolicySlotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['PolicySlotEdge']>, nodes: ReadonlyArray<ResolversTypes['PolicySlot']> }>;
  PolicySlotEdge: ResolverTypeWrapper<Omit<Schema.PolicySlotEdge, 'node'> & { node: ResolversTypes['PolicySlot'] }>;
  Quota: ResolverTypeWrapper<Schema.Quota>;
  QuotaKind: Schema.QuotaKind;
  SetQuotaInput: Schema.SetQuotaInput;
  SetQuotaPayload: ResolverTypeWrapper<Schema.SetQuotaPayload>;
  ByteRange: ResolverTypeWrapper<Schema.ByteRange>;
  UnreadableRanges: ResolverTypeWrapper<Unreadable>;
  UnreadableInput: Schema.UnreadableInput;
  ByteRangeInput: Schema.ByteRangeInput;
  Reclaim: ResolverTypeWrapper<Schema.Reclaim>;
  Float: ResolverTypeWrapper<Schema.Scalars['Float']['output']>;
  Reencryption: ResolverTypeWrapper<Schema.Reencryption>;
  CompleteReencryptionInput: Schema.CompleteReencryptionInput;
  CompleteReencryptionPayload: ResolverTypeWrapper<Omit<Schema.CompleteReencryptionPayload, 'disk'> & { disk: ResolversTypes['Disk'] }>;
  RollbackDiskInput: Schema.RollbackDiskInput;
  RollbackDiskPayload: ResolverTypeWrapper<Rollback>;
  RollbackLoss: ResolverTypeWrapper<Schema.RollbackLoss>;
  ReinitializeDiskInput: Schema.ReinitializeDiskInput;
  ReinitializeDiskPayload: ResolverTypeWrapper<Omit<Schema.ReinitializeDiskPayload, 'disk' | 'job'> & { disk: ResolversTypes['Disk'], job: ResolversTypes['Job'] }>;
  StartScrubInput: Schema.StartScrubInput;
  StartScrubPayload: ResolverTypeWrapper<Omit<Schema.StartScrubPayload, 'scrub'> & { scrub: ResolversTypes['Scrub'] }>;
  CancelScrubInput: Schema.CancelScrubInput;
  CancelScrubPayload: ResolverTypeWrapper<Omit<Schema.CancelScrubPayload, 'scrub'> & { scrub: ResolversTypes['Scrub'] }>;
  ScrubStatus: Schema.ScrubStatus;
  ScrubPhase: Schema.ScrubPhase;
  Scrub: ResolverTypeWrapper<ScrubRow>;
  ScrubConnection: ResolverTypeWrapper<Omit<Schema.ScrubConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['ScrubEdge']>, nodes: ReadonlyArray<ResolversTypes['Scrub']> }>;
  ScrubEdge: ResolverTypeWrapper<Omit<Schema.ScrubEdge, 'node'> & { node: ResolversTypes['Scrub'] }>;
  DamagedObject: ResolverTypeWrapper<DamagedObject>;
  DamagedPlace: ResolverTypeWrapper<Schema.DamagedPlace>;
  DamagedObjectConnection: ResolverTypeWrapper<Omit<Schema.DamagedObjectConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['DamagedObjectEdge']>, nodes: ReadonlyArray<ResolversTypes['DamagedObject']> }>;
  DamagedObjectEdge: ResolverTypeWrapper<Omit<Schema.DamagedObjectEdge, 'node'> & { node: ResolversTypes['DamagedObject'] }>;
  SnapshotFilter: Schema.SnapshotFilter;
  SnapshotOrder: Schema.SnapshotOrder;
  SnapshotOrderField: Schema.SnapshotOrderField;
  SnapshotSource: ResolverTypeWrapper<SnapshotRow>;
  SnapshotKind: Schema.SnapshotKind;
  SnapshotStatus: Schema.SnapshotStatus;
  SnapshotConsistency: Schema.SnapshotConsistency;
  SnapshotUsage: Schema.SnapshotUsage;
  SnapshotType: Schema.SnapshotType;
  SnapshotConnection: ResolverTypeWrapper<Omit<Schema.SnapshotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['SnapshotEdge']>, nodes: ReadonlyArray<ResolversTypes['Snapshot']> }>;
  SnapshotEdge: ResolverTypeWrapper<Omit<Schema.SnapshotEdge, 'node'> & { node: ResolversTypes['Snapshot'] }>;
  ChangedBlocksInput: Schema.ChangedBlocksInput;
  ChangedBlocks: ResolverTypeWrapper<Schema.ChangedBlocks>;
  DeleteSnapshotsPreviewInput: Schema.DeleteSnapshotsPreviewInput;
  DeleteSnapshotsPreview: ResolverTypeWrapper<Schema.DeleteSnapshotsPreview>;
  DeleteSnapshotsPreviewResult: ResolverTypeWrapper<Schema.DeleteSnapshotsPreviewResult>;
  CreateSnapshotInput: Schema.CreateSnapshotInput;
  CreateSnapshotPayload: ResolverTypeWrapper<Omit<Schema.CreateSnapshotPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  UpdateSnapshotInput: Schema.UpdateSnapshotInput;
  UpdateSnapshotPayload: ResolverTypeWrapper<Omit<Schema.UpdateSnapshotPayload, 'snapshot'> & { snapshot: ResolversTypes['Snapshot'] }>;
  DeleteSnapshotsInput: Schema.DeleteSnapshotsInput;
  DeleteSnapshotsPayload: ResolverTypeWrapper<Omit<Schema.DeleteSnapshotsPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['DeleteSnapshotResult']> }>;
  DeleteSnapshotResult: ResolverTypeWrapper<Omit<Schema.DeleteSnapshotResult, 'job'> & { job?: Schema.Maybe<ResolversTypes['Job']> }>;
  ChainTrash: ResolverTypeWrapper<ChainRow>;
  TrashKind: Schema.TrashKind;
  TrashItem: ResolverTypeWrapper<TrashRow>;
  TrashConnection: ResolverTypeWrapper<Omit<Schema.TrashConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['TrashEdge']>, nodes: ReadonlyArray<ResolversTypes['TrashItem']> }>;
  TrashEdge: ResolverTypeWrapper<Omit<Schema.TrashEdge, 'node'> & { node: ResolversTypes['TrashItem'] }>;
  SetTrashRetentionInput: Schema.SetTrashRetentionInput;
  SetTrashRetentionPayload: ResolverTypeWrapper<Omit<Schema.SetTrashRetentionPayload, 'account'> & { account: ResolversTypes['Account'] }>;
  RestoreTrashInput: Schema.RestoreTrashInput;
  RestoreTrashPayload: ResolverTypeWrapper<Schema.RestoreTrashPayload>;
  RestoreTrashResult: ResolverTypeWrapper<Schema.RestoreTrashResult>;
  TrashChange: Schema.TrashChange;
  PurgeTrashInput: Schema.PurgeTrashInput;
  PurgeTrashPayload: ResolverTypeWrapper<Omit<Schema.PurgeTrashPayload, 'results'> & { results: ReadonlyArray<ResolversTypes['PurgeTrashResult']> }>;
  PurgeTrashResult: ResolverTypeWrapper<Omit<Schema.PurgeTrashResult, 'job'> & { job?: Schema.Maybe<ResolversTypes['Job']> }>;
  DiskProtection: ResolverTypeWrapper<Schema.DiskProtection>;
  ProtectionStatus: Schema.ProtectionStatus;
  ObjectiveSource: Schema.ObjectiveSource;
  BreachReason: Schema.BreachReason;
  TagObjective: ResolverTypeWrapper<Schema.TagObjective>;
  TagObjectiveConnection: ResolverTypeWrapper<Schema.TagObjectiveConnection>;
  TagObjectiveEdge: ResolverTypeWrapper<Schema.TagObjectiveEdge>;
  SetRecoveryPointObjectiveInput: Schema.SetRecoveryPointObjectiveInput;
  SetRecoveryPointObjectivePayload: ResolverTypeWrapper<Omit<Schema.SetRecoveryPointObjectivePayload, 'disk'> & { disk?: Schema.Maybe<ResolversTypes['Disk']> }>;
  Webhook: ResolverTypeWrapper<WebhookRow>;
  WebhookDeliveryState: Schema.WebhookDeliveryState;
  WebhookDelivery: ResolverTypeWrapper<ShownDelivery>;
  WebhookConnection: ResolverTypeWrapper<Omit<Schema.WebhookConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookEdge']>, nodes: ReadonlyArray<ResolversTypes['Webhook']> }>;
  WebhookEdge: ResolverTypeWrapper<Omit<Schema.WebhookEdge, 'node'> & { node: ResolversTypes['Webhook'] }>;
  WebhookDeliveryConnection: ResolverTypeWrapper<Omit<Schema.WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversTypes['WebhookDelivery']> }>;
  WebhookDeliveryEdge: ResolverTypeWrapper<Omit<Schema.WebhookDeliveryEdge, 'node'> & { node: ResolversTypes['WebhookDelivery'] }>;
  CreateWebhookInput: Schema.CreateWebhookInput;
  CreateWebhookPayload: ResolverTypeWrapper<Omit<Schema.CreateWebhookPayload, 'webhook'> & { webhook: ResolversTypes['Webhook'] }>;
  UpdateWebhookInput: Schema.UpdateWebhookInput;
  UpdateWebhookPayload: ResolverTypeWrapper<Omit<Schema.UpdateWebhookPayload, 'webhook'> & { webhook: ResolversTypes['Webhook'] }>;
  DeleteWebhookInput: Schema.DeleteWebhookInput;
  DeleteWebhookPayload: ResolverTypeWrapper<Schema.DeleteWebhookPayload>;
  RotateWebhookSecretInput: Schema.RotateWebhookSecretInput;
  RotateWebhookSecretPayload: ResolverTypeWrapper<Omit<Schema.RotateWebhookSecretPayload, 'webhook'> & { webhook: ResolversTypes['Webhook'] }>;
  TestWebhookInput: Schema.TestWebhookInput;
  TestWebhookPayload: ResolverTypeWrapper<Schema.TestWebhookPayload>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Query: Record<PropertyKey, never>;
  String: Schema.Scalars['String']['output'];
  Int: Schema.Scalars['Int']['output'];
  ID: Schema.Scalars['ID']['output'];
  Boolean: Schema.Scalars['Boolean']['output'];
  Mutation: Record<PropertyKey, never>;
  Viewer: Omit<Schema.Viewer, 'account' | 'apiKey'> & { account: ResolversParentTypes['Account'], apiKey: ResolversParentTypes['ApiKey'] };
  Account: AccountRow;
  Region: Schema.Region;
  SnapshotService: Schema.SnapshotService;
  OpenSnapshotServiceInput: Schema.OpenSnapshotServiceInput;
  OpenSnapshotServicePayload: Schema.OpenSnapshotServicePayload;
  ApiKey: ApiKeyRow;
  ApiKeyConnection: Omit<Schema.ApiKeyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ApiKeyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ApiKey']> };
  ApiKeyEdge: Omit<Schema.ApiKeyEdge, 'node'> & { node: ResolversParentTypes['ApiKey'] };
  CreateApiKeyInput: Schema.CreateApiKeyInput;
  CreateApiKeyPayload: Omit<Schema.CreateApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  RevokeApiKeyInput: Schema.RevokeApiKeyInput;
  RevokeApiKeyPayload: Omit<Schema.RevokeApiKeyPayload, 'apiKey'> & { apiKey: ResolversParentTypes['ApiKey'] };
  Disk: DiskRow;
  Snapshot: SnapshotRow;
  AllowedAction: Schema.AllowedAction;
  PurposeAdvice: Schema.PurposeAdvice;
  DiskAdvice: Omit<Schema.DiskAdvice, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  MeasuredChange: Schema.MeasuredChange;
  PolicyForecast: Schema.PolicyForecast;
  DiskAdviceConnection: Omit<Schema.DiskAdviceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DiskAdviceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['DiskAdvice']> };
  DiskAdviceEdge: Omit<Schema.DiskAdviceEdge, 'node'> & { node: ResolversParentTypes['DiskAdvice'] };
  UnprotectedDisk: Omit<Schema.UnprotectedDisk, 'disk' | 'newestSnapshot'> & { disk: ResolversParentTypes['Disk'], newestSnapshot?: Schema.Maybe<ResolversParentTypes['Snapshot']> };
  UnprotectedDiskConnection: Omit<Schema.UnprotectedDiskConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['UnprotectedDiskEdge']>, nodes: ReadonlyArray<ResolversParentTypes['UnprotectedDisk']> };
  UnprotectedDiskEdge: Omit<Schema.UnprotectedDiskEdge, 'node'> & { node: ResolversParentTypes['UnprotectedDisk'] };
  ForgottenSnapshot: Omit<Schema.ForgottenSnapshot, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  ForgottenSnapshotConnection: Omit<Schema.ForgottenSnapshotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ForgottenSnapshotEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ForgottenSnapshot']> };
  ForgottenSnapshotEdge: Omit<Schema.ForgottenSnapshotEdge, 'node'> & { node: ResolversParentTypes['ForgottenSnapshot'] };
  AttachDiskInput: Schema.AttachDiskInput;
  AttachDiskPayload: Omit<Schema.AttachDiskPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  DetachDiskInput: Schema.DetachDiskInput;
  DetachDiskPayload: Omit<Schema.DetachDiskPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  AuditRecord: AuditRow;
  AuditConnection: Omit<Schema.AuditConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['AuditEdge']>, nodes: ReadonlyArray<ResolversParentTypes['AuditRecord']> };
  AuditEdge: Omit<Schema.AuditEdge, 'node'> & { node: ResolversParentTypes['AuditRecord'] };
  SafeInt: Schema.Scalars['SafeInt']['output'];
  DateTime: Schema.Scalars['DateTime']['output'];
  Node: ResolversInterfaceTypes<ResolversParentTypes>['Node'];
  PageInfo: Schema.PageInfo;
  Tag: Schema.Tag;
  TagInput: Schema.TagInput;
  TagFilter: Schema.TagFilter;
  ContentSizes: Schema.ContentSizes;
  Encryption: Schema.Encryption;
  OperationError: Schema.OperationError;
  Capacity: Schema.Capacity;
  CapacitySampleConnection: Schema.CapacitySampleConnection;
  CapacitySampleEdge: Schema.CapacitySampleEdge;
  Chain: ChainRow;
  ChainCapacity: Schema.ChainCapacity;
  ChainNodeConnection: Omit<Schema.ChainNodeConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ChainNodeEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ChainNode']> };
  ChainNodeEdge: Omit<Schema.ChainNodeEdge, 'node'> & { node: ResolversParentTypes['ChainNode'] };
  ChainNode: ChainMember;
  ChainConnection: Omit<Schema.ChainConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ChainEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Chain']> };
  ChainEdge: Omit<Schema.ChainEdge, 'node'> & { node: ResolversParentTypes['Chain'] };
  SnapshotCopy: Schema.SnapshotCopy;
  CopyProblem: Schema.CopyProblem;
  CopySnapshotInput: Schema.CopySnapshotInput;
  CopySnapshotPayload: Omit<Schema.CopySnapshotPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  CancelCopyInput: Schema.CancelCopyInput;
  CancelCopyPayload: Schema.CancelCopyPayload;
  ReportDamageInput: Schema.ReportDamageInput;
  MetBlockInput: Schema.MetBlockInput;
  ReportDamagePayload: Schema.ReportDamagePayload;
  MetBlock: Schema.MetBlock;
  PrepareUploadInput: Schema.PrepareUploadInput;
  PrepareObjectInput: Schema.PrepareObjectInput;
  StoredFormInput: Schema.StoredFormInput;
  PrepareUploadPayload: Schema.PrepareUploadPayload;
  PreparedObject: Schema.PreparedObject;
  HttpHeader: Schema.HttpHeader;
  CommitBlocksInput: Schema.CommitBlocksInput;
  BlockWriteInput: Schema.BlockWriteInput;
  BlockRangeInput: Schema.BlockRangeInput;
  CommitBlocksPayload: Schema.CommitBlocksPayload;
  OpenDraftInput: Schema.OpenDraftInput;
  OpenDraftPayload: Omit<Schema.OpenDraftPayload, 'draft'> & { draft: ResolversParentTypes['Draft'] };
  CommitDraftInput: Schema.CommitDraftInput;
  CommitDraftPayload: Omit<Schema.CommitDraftPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  DiscardDraftInput: Schema.DiscardDraftInput;
  DiscardDraftPayload: Schema.DiscardDraftPayload;
  Draft: DraftRow;
  DraftConnection: Omit<Schema.DraftConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DraftEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Draft']> };
  DraftEdge: Omit<Schema.DraftEdge, 'node'> & { node: ResolversParentTypes['Draft'] };
  BlockMapInput: Schema.BlockMapInput;
  BlockMap: Schema.BlockMap;
  MappedBlock: Schema.MappedBlock;
  PageMapInput: Schema.PageMapInput;
  PageMap: Schema.PageMap;
  MappedPage: Schema.MappedPage;
  DiskOrigin: DiskRow;
  DiskConnection: Omit<Schema.DiskConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DiskEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Disk']> };
  DiskEdge: Omit<Schema.DiskEdge, 'node'> & { node: ResolversParentTypes['Disk'] };
  DiskFilter: Schema.DiskFilter;
  DiskOrder: Schema.DiskOrder;
  CreateDiskInput: Schema.CreateDiskInput;
  CreateDiskPayload: Omit<Schema.CreateDiskPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  UpdateDiskInput: Schema.UpdateDiskInput;
  UpdateDiskPayload: Omit<Schema.UpdateDiskPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  ResizeDiskInput: Schema.ResizeDiskInput;
  ResizeDiskPayload: Omit<Schema.ResizeDiskPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  ReleaseDiskInput: Schema.ReleaseDiskInput;
  ReleaseDiskPayload: Omit<Schema.ReleaseDiskPayload, 'job'> & { job: ResolversParentTypes['Job'] };
  Event: EventRow;
  EventSubject: Schema.EventSubject;
  EventConnection: Omit<Schema.EventConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['EventEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Event']> };
  EventEdge: Omit<Schema.EventEdge, 'node'> & { node: ResolversParentTypes['Event'] };
  ImageExport: ExportRow;
  ExportProblem: Schema.ExportProblem;
  ImageExportConnection: Omit<Schema.ImageExportConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImageExportEdge']>, nodes: ReadonlyArray<ResolversParentTypes['ImageExport']> };
  ImageExportEdge: Omit<Schema.ImageExportEdge, 'node'> & { node: ResolversParentTypes['ImageExport'] };
  ImageExportFilter: Schema.ImageExportFilter;
  ExportImageInput: Schema.ExportImageInput;
  ExportImagePayload: Omit<Schema.ExportImagePayload, 'export'> & { export: ResolversParentTypes['ImageExport'] };
  CancelImageExportInput: Schema.CancelImageExportInput;
  CancelImageExportPayload: Schema.CancelImageExportPayload;
  Image: ImageRow;
  ImageConnection: Omit<Schema.ImageConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ImageEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Image']> };
  ImageEdge: Omit<Schema.ImageEdge, 'node'> & { node: ResolversParentTypes['Image'] };
  SharedImageConnection: Omit<Schema.SharedImageConnection, 'nodes'> & { nodes: ReadonlyArray<ResolversParentTypes['Image']> };
  ImageFilter: Schema.ImageFilter;
  ImageOrder: Schema.ImageOrder;
  CreateImageInput: Schema.CreateImageInput;
  CreateImagePayload: Omit<Schema.CreateImagePayload, 'image'> & { image: ResolversParentTypes['Image'] };
  UpdateImageInput: Schema.UpdateImageInput;
  UpdateImagePayload: Omit<Schema.UpdateImagePayload, 'image'> & { image: ResolversParentTypes['Image'] };
  DeleteImageInput: Schema.DeleteImageInput;
  DeleteImagePayload: Schema.DeleteImagePayload;
  ShareImageInput: Schema.ShareImageInput;
  ShareImagePayload: Omit<Schema.ShareImagePayload, 'image'> & { image: ResolversParentTypes['Image'] };
  UnshareImageInput: Schema.UnshareImageInput;
  UnshareImagePayload: Omit<Schema.UnshareImagePayload, 'image'> & { image: ResolversParentTypes['Image'] };
  Instance: InstanceRow;
  InstanceConnection: Omit<Schema.InstanceConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['InstanceEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Instance']> };
  InstanceEdge: Omit<Schema.InstanceEdge, 'node'> & { node: ResolversParentTypes['Instance'] };
  InstanceFilter: Schema.InstanceFilter;
  InstanceOrder: Schema.InstanceOrder;
  InstanceDiskInput: Schema.InstanceDiskInput;
  CreateInstanceInput: Schema.CreateInstanceInput;
  CreateInstancePayload: Omit<Schema.CreateInstancePayload, 'instance'> & { instance: ResolversParentTypes['Instance'] };
  UpdateInstanceInput: Schema.UpdateInstanceInput;
  UpdateInstancePayload: Omit<Schema.UpdateInstancePayload, 'instance'> & { instance: ResolversParentTypes['Instance'] };
  StartInstanceInput: Schema.StartInstanceInput;
  StartInstancePayload: Omit<Schema.StartInstancePayload, 'instance'> & { instance: ResolversParentTypes['Instance'] };
  StopInstanceInput: Schema.StopInstanceInput;
  StopInstancePayload: Omit<Schema.StopInstancePayload, 'instance'> & { instance: ResolversParentTypes['Instance'] };
  ReleaseInstanceInput: Schema.ReleaseInstanceInput;
  ReleaseInstancePayload: Schema.ReleaseInstancePayload;
  ReplaceSystemDiskInput: Schema.ReplaceSystemDiskInput;
  ReplaceSystemDiskPayload: Omit<Schema.ReplaceSystemDiskPayload, 'instance'> & { instance: ResolversParentTypes['Instance'] };
  Job: Job;
  JobConnection: Omit<Schema.JobConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['JobEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Job']> };
  JobEdge: Omit<Schema.JobEdge, 'node'> & { node: ResolversParentTypes['Job'] };
  JobFilter: Schema.JobFilter;
  WriterLease: LeaseRow;
  AcquireLeaseInput: Schema.AcquireLeaseInput;
  AcquireLeasePayload: Omit<Schema.AcquireLeasePayload, 'lease' | 'disk'> & { lease: ResolversParentTypes['WriterLease'], disk: ResolversParentTypes['Disk'] };
  RenewLeaseInput: Schema.RenewLeaseInput;
  RenewLeasePayload: Omit<Schema.RenewLeasePayload, 'lease'> & { lease: ResolversParentTypes['WriterLease'] };
  ReleaseLeaseInput: Schema.ReleaseLeaseInput;
  ReleaseLeasePayload: Omit<Schema.ReleaseLeasePayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  Price: Schema.Price;
  PriceConnection: Schema.PriceConnection;
  PriceEdge: Schema.PriceEdge;
  CapacityPackage: Schema.CapacityPackage;
  CapacityPackageConnection: Schema.CapacityPackageConnection;
  CapacityPackageEdge: Schema.CapacityPackageEdge;
  Statement: Schema.Statement;
  RegionStatement: Schema.RegionStatement;
  PackageUse: Schema.PackageUse;
  PriceUse: Schema.PriceUse;
  StatementCorrection: Schema.StatementCorrection;
  StatementConnection: Schema.StatementConnection;
  StatementEdge: Schema.StatementEdge;
  StatementLine: Schema.StatementLine;
  StatementLineConnection: Schema.StatementLineConnection;
  StatementLineEdge: Schema.StatementLineEdge;
  Balance: Schema.Balance;
  Movement: MovementRow;
  MovementConnection: Omit<Schema.MovementConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['MovementEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Movement']> };
  MovementEdge: Omit<Schema.MovementEdge, 'node'> & { node: ResolversParentTypes['Movement'] };
  Overview: Schema.Overview;
  DiskOverview: Schema.DiskOverview;
  SnapshotOverview: Schema.SnapshotOverview;
  RunOverview: Schema.RunOverview;
  WaitingOverview: Schema.WaitingOverview;
  PinSnapshotInput: Schema.PinSnapshotInput;
  PinSnapshotPayload: Omit<Schema.PinSnapshotPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  UnpinSnapshotInput: Schema.UnpinSnapshotInput;
  UnpinSnapshotPayload: Omit<Schema.UnpinSnapshotPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  SetSnapshotRetentionInput: Schema.SetSnapshotRetentionInput;
  SetSnapshotRetentionPayload: Omit<Schema.SetSnapshotRetentionPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  Policy: PolicyRow;
  PolicyCopyTarget: Schema.PolicyCopyTarget;
  PolicyCopyTargetInput: Schema.PolicyCopyTargetInput;
  PolicyConnection: Omit<Schema.PolicyConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PolicyEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Policy']> };
  PolicyEdge: Omit<Schema.PolicyEdge, 'node'> & { node: ResolversParentTypes['Policy'] };
  PolicyFilter: Schema.PolicyFilter;
  PolicyOrder: Schema.PolicyOrder;
  CreatePolicyInput: Schema.CreatePolicyInput;
  CreatePolicyPayload: Omit<Schema.CreatePolicyPayload, 'policy'> & { policy: ResolversParentTypes['Policy'] };
  UpdatePolicyInput: Schema.UpdatePolicyInput;
  UpdatePolicyPayload: Omit<Schema.UpdatePolicyPayload, 'policy'> & { policy: ResolversParentTypes['Policy'] };
  DeletePolicyInput: Schema.DeletePolicyInput;
  DeletePolicyPayload: Schema.DeletePolicyPayload;
  ApplyPolicyInput: Schema.ApplyPolicyInput;
  ApplyPolicyPayload: Omit<Schema.ApplyPolicyPayload, 'policy'> & { policy: ResolversParentTypes['Policy'] };
  ApplyPolicyResult: Schema.ApplyPolicyResult;
  CancelPolicyInput: Schema.CancelPolicyInput;
  CancelPolicyPayload: Schema.CancelPolicyPayload;
  CancelPolicyResult: Schema.CancelPolicyResult;
  PlannedRun: Schema.PlannedRun;
  PolicyPreviewInput: Schema.PolicyPreviewInput;
  PolicyPreview: PlannedPolicy;
  DiskForecast: Omit<Schema.DiskForecast, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  PolicyRun: RunRow;
  PolicyRunCopy: Schema.PolicyRunCopy;
  PolicyRunConnection: Omit<Schema.PolicyRunConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PolicyRunEdge']>, nodes: ReadonlyArray<ResolversParentTypes['PolicyRun']> };
  PolicyRunEdge: Omit<Schema.PolicyRunEdge, 'node'> & { node: ResolversParentTypes['PolicyRun'] };
  PolicySlot: SlotRow;
  PolicySlotConnection: Omit<Schema.PolicySlotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['PolicySlotEdge']>, nodes: ReadonlyArray<ResolversParentTypes['PolicySlot']> };
  PolicySlotEdge: Omit<Schema.PolicySlotEdge, 'node'> & { node: ResolversParentTypes['PolicySlot'] };
  Quota: Schema.Quota;
  SetQuotaInput: Schema.SetQuotaInput;
  SetQuotaPayload: Schema.SetQuotaPayload;
  ByteRange: Schema.ByteRange;
  UnreadableRanges: Unreadable;
  UnreadableInput: Schema.UnreadableInput;
  ByteRangeInput: Schema.ByteRangeInput;
  Reclaim: Schema.Reclaim;
  Float: Schema.Scalars['Float']['output'];
  Reencryption: Schema.Reencryption;
  CompleteReencryptionInput: Schema.CompleteReencryptionInput;
  CompleteReencryptionPayload: Omit<Schema.CompleteReencryptionPayload, 'disk'> & { disk: ResolversParentTypes['Disk'] };
  RollbackDiskInput: Schema.RollbackDiskInput;
  RollbackDiskPayload: Rollback;
  RollbackLoss: Schema.RollbackLoss;
  ReinitializeDiskInput: Schema.ReinitializeDiskInput;
  ReinitializeDiskPayload: Omit<Schema.ReinitializeDiskPayload, 'disk' | 'job'> & { disk: ResolversParentTypes['Disk'], job: ResolversParentTypes['Job'] };
  StartScrubInput: Schema.StartScrubInput;
  StartScrubPayload: Omit<Schema.StartScrubPayload, 'scrub'> & { scrub: ResolversParentTypes['Scrub'] };
  CancelScrubInput: Schema.CancelScrubInput;
  CancelScrubPayload: Omit<Schema.CancelScrubPayload, 'scrub'> & { scrub: ResolversParentTypes['Scrub'] };
  Scrub: ScrubRow;
  ScrubConnection: Omit<Schema.ScrubConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['ScrubEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Scrub']> };
  ScrubEdge: Omit<Schema.ScrubEdge, 'node'> & { node: ResolversParentTypes['Scrub'] };
  DamagedObject: DamagedObject;
  DamagedPlace: Schema.DamagedPlace;
  DamagedObjectConnection: Omit<Schema.DamagedObjectConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['DamagedObjectEdge']>, nodes: ReadonlyArray<ResolversParentTypes['DamagedObject']> };
  DamagedObjectEdge: Omit<Schema.DamagedObjectEdge, 'node'> & { node: ResolversParentTypes['DamagedObject'] };
  SnapshotFilter: Schema.SnapshotFilter;
  SnapshotOrder: Schema.SnapshotOrder;
  SnapshotSource: SnapshotRow;
  SnapshotConnection: Omit<Schema.SnapshotConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['SnapshotEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Snapshot']> };
  SnapshotEdge: Omit<Schema.SnapshotEdge, 'node'> & { node: ResolversParentTypes['Snapshot'] };
  ChangedBlocksInput: Schema.ChangedBlocksInput;
  ChangedBlocks: Schema.ChangedBlocks;
  DeleteSnapshotsPreviewInput: Schema.DeleteSnapshotsPreviewInput;
  DeleteSnapshotsPreview: Schema.DeleteSnapshotsPreview;
  DeleteSnapshotsPreviewResult: Schema.DeleteSnapshotsPreviewResult;
  CreateSnapshotInput: Schema.CreateSnapshotInput;
  CreateSnapshotPayload: Omit<Schema.CreateSnapshotPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  UpdateSnapshotInput: Schema.UpdateSnapshotInput;
  UpdateSnapshotPayload: Omit<Schema.UpdateSnapshotPayload, 'snapshot'> & { snapshot: ResolversParentTypes['Snapshot'] };
  DeleteSnapshotsInput: Schema.DeleteSnapshotsInput;
  DeleteSnapshotsPayload: Omit<Schema.DeleteSnapshotsPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['DeleteSnapshotResult']> };
  DeleteSnapshotResult: Omit<Schema.DeleteSnapshotResult, 'job'> & { job?: Schema.Maybe<ResolversParentTypes['Job']> };
  ChainTrash: ChainRow;
  TrashItem: TrashRow;
  TrashConnection: Omit<Schema.TrashConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['TrashEdge']>, nodes: ReadonlyArray<ResolversParentTypes['TrashItem']> };
  TrashEdge: Omit<Schema.TrashEdge, 'node'> & { node: ResolversParentTypes['TrashItem'] };
  SetTrashRetentionInput: Schema.SetTrashRetentionInput;
  SetTrashRetentionPayload: Omit<Schema.SetTrashRetentionPayload, 'account'> & { account: ResolversParentTypes['Account'] };
  RestoreTrashInput: Schema.RestoreTrashInput;
  RestoreTrashPayload: Schema.RestoreTrashPayload;
  RestoreTrashResult: Schema.RestoreTrashResult;
  PurgeTrashInput: Schema.PurgeTrashInput;
  PurgeTrashPayload: Omit<Schema.PurgeTrashPayload, 'results'> & { results: ReadonlyArray<ResolversParentTypes['PurgeTrashResult']> };
  PurgeTrashResult: Omit<Schema.PurgeTrashResult, 'job'> & { job?: Schema.Maybe<ResolversParentTypes['Job']> };
  DiskProtection: Schema.DiskProtection;
  TagObjective: Schema.TagObjective;
  TagObjectiveConnection: Schema.TagObjectiveConnection;
  TagObjectiveEdge: Schema.TagObjectiveEdge;
  SetRecoveryPointObjectiveInput: Schema.SetRecoveryPointObjectiveInput;
  SetRecoveryPointObjectivePayload: Omit<Schema.SetRecoveryPointObjectivePayload, 'disk'> & { disk?: Schema.Maybe<ResolversParentTypes['Disk']> };
  Webhook: WebhookRow;
  WebhookDelivery: ShownDelivery;
  WebhookConnection: Omit<Schema.WebhookConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Webhook']> };
  WebhookEdge: Omit<Schema.WebhookEdge, 'node'> & { node: ResolversParentTypes['Webhook'] };
  WebhookDeliveryConnection: Omit<Schema.WebhookDeliveryConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['WebhookDeliveryEdge']>, nodes: ReadonlyArray<ResolversParentTypes['WebhookDelivery']> };
  WebhookDeliveryEdge: Omit<Schema.WebhookDeliveryEdge, 'node'> & { node: ResolversParentTypes['WebhookDelivery'] };
  CreateWebhookInput: Schema.CreateWebhookInput;
  CreateWebhookPayload: Omit<Schema.CreateWebhookPayload, 'webhook'> & { webhook: ResolversParentTypes['Webhook'] };
  UpdateWebhookInput: Schema.UpdateWebhookInput;
  UpdateWebhookPayload: Omit<Schema.UpdateWebhookPayload, 'webhook'> & { webhook: ResolversParentTypes['Webhook'] };
  DeleteWebhookInput: Schema.DeleteWebhookInput;
  DeleteWebhookPayload: Schema.DeleteWebhookPayload;
  RotateWebhookSecretInput: Schema.RotateWebhookSecretInput;
  RotateWebhookSecretPayload: Omit<Schema.RotateWebhookSecretPayload, 'webhook'> & { webhook: ResolversParentTypes['Webhook'] };
  TestWebhookInput: Schema.TestWebhookInput;
  TestWebhookPayload: Schema.TestWebhookPayload;
};

export type QueryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  viewer?: Resolver<ResolversTypes['Viewer'], ParentType, ContextType>;
  regions?: Resolver<ReadonlyArray<ResolversTypes['Region']>, ParentType, ContextType>;
  snapshotService?: Resolver<ResolversTypes['SnapshotService'], ParentType, ContextType, Partial<Schema.QuerySnapshotServiceArgs>>;
  apiKeys?: Resolver<ResolversTypes['ApiKeyConnection'], ParentType, ContextType, RequireFields<Schema.QueryApiKeysArgs, 'first'>>;
  purposes?: Resolver<ReadonlyArray<ResolversTypes['PurposeAdvice']>, ParentType, ContextType>;
  diskAdvice?: Resolver<ResolversTypes['DiskAdvice'], ParentType, ContextType, RequireFields<Schema.QueryDiskAdviceArgs, 'diskId'>>;
  advice?: Resolver<ResolversTypes['DiskAdviceConnection'], ParentType, ContextType, RequireFields<Schema.QueryAdviceArgs, 'first'>>;
  unprotectedDisks?: Resolver<ResolversTypes['UnprotectedDiskConnection'], ParentType, ContextType, RequireFields<Schema.QueryUnprotectedDisksArgs, 'first'>>;
  forgottenSnapshots?: Resolver<ResolversTypes['ForgottenSnapshotConnection'], ParentType, ContextType, RequireFields<Schema.QueryForgottenSnapshotsArgs, 'first'>>;
  audit?: Resolver<ResolversTypes['AuditConnection'], ParentType, ContextType, RequireFields<Schema.QueryAuditArgs, 'first'>>;
  node?: Resolver<Schema.Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<Schema.QueryNodeArgs, 'id'>>;
  nodes?: Resolver<ReadonlyArray<Schema.Maybe<ResolversTypes['Node']>>, ParentType, ContextType, RequireFields<Schema.QueryNodesArgs, 'ids'>>;
  capacity?: Resolver<ResolversTypes['Capacity'], ParentType, ContextType, Partial<Schema.QueryCapacityArgs>>;
  capacityHistory?: Resolver<ResolversTypes['CapacitySampleConnection'], ParentType, ContextType, RequireFields<Schema.QueryCapacityHistoryArgs, 'first'>>;
  chain?: Resolver<Schema.Maybe<ResolversTypes['Chain']>, ParentType, ContextType, RequireFields<Schema.QueryChainArgs, 'id'>>;
  chains?: Resolver<ResolversTypes['ChainConnection'], ParentType, ContextType, RequireFields<Schema.QueryChainsArgs, 'first'>>;
  blockMap?: Resolver<ResolversTypes['BlockMap'], ParentType, ContextType, RequireFields<Schema.QueryBlockMapArgs, 'input'>>;
  pageMap?: Resolver<ResolversTypes['PageMap'], ParentType, ContextType, RequireFields<Schema.QueryPageMapArgs, 'input'>>;
  drafts?: Resolver<ResolversTypes['DraftConnection'], ParentType, ContextType, RequireFields<Schema.QueryDraftsArgs, 'diskId' | 'first'>>;
  disk?: Resolver<Schema.Maybe<ResolversTypes['Disk']>, ParentType, ContextType, RequireFields<Schema.QueryDiskArgs, 'id'>>;
  disks?: Resolver<ResolversTypes['DiskConnection'], ParentType, ContextType, RequireFields<Schema.QueryDisksArgs, 'first' | 'orderBy'>>;
  events?: Resolver<ResolversTypes['EventConnection'], ParentType, ContextType, RequireFields<Schema.QueryEventsArgs, 'direction' | 'first'>>;
  imageExport?: Resolver<Schema.Maybe<ResolversTypes['ImageExport']>, ParentType, ContextType, RequireFields<Schema.QueryImageExportArgs, 'id'>>;
  imageExports?: Resolver<ResolversTypes['ImageExportConnection'], ParentType, ContextType, RequireFields<Schema.QueryImageExportsArgs, 'first'>>;
  image?: Resolver<Schema.Maybe<ResolversTypes['Image']>, ParentType, ContextType, RequireFields<Schema.QueryImageArgs, 'id'>>;
  images?: Resolver<ResolversTypes['ImageConnection'], ParentType, ContextType, RequireFields<Schema.QueryImagesArgs, 'first' | 'orderBy'>>;
  sharedImages?: Resolver<ResolversTypes['SharedImageConnection'], ParentType, ContextType, RequireFields<Schema.QuerySharedImagesArgs, 'first'>>;
  instance?: Resolver<Schema.Maybe<ResolversTypes['Instance']>, ParentType, ContextType, RequireFields<Schema.QueryInstanceArgs, 'id'>>;
  instances?: Resolver<ResolversTypes['InstanceConnection'], ParentType, ContextType, RequireFields<Schema.QueryInstancesArgs, 'first' | 'orderBy'>>;
  job?: Resolver<Schema.Maybe<ResolversTypes['Job']>, ParentType, ContextType, RequireFields<Schema.QueryJobArgs, 'id'>>;
  jobs?: Resolver<ResolversTypes['JobConnection'], ParentType, ContextType, RequireFields<Schema.QueryJobsArgs, 'first'>>;
  prices?: Resolver<ResolversTypes['PriceConnection'], ParentType, ContextType, RequireFields<Schema.QueryPricesArgs, 'first'>>;
  packages?: Resolver<ResolversTypes['CapacityPackageConnection'], ParentType, ContextType, RequireFields<Schema.QueryPackagesArgs, 'first'>>;
  statement?: Resolver<ResolversTypes['Statement'], ParentType, ContextType, RequireFields<Schema.QueryStatementArgs, 'month'>>;
  statements?: Resolver<ResolversTypes['StatementConnection'], ParentType, ContextType, RequireFields<Schema.QueryStatementsArgs, 'first'>>;
  balance?: Resolver<Schema.Maybe<ResolversTypes['Balance']>, ParentType, ContextType>;
  movements?: Resolver<ResolversTypes['MovementConnection'], ParentType, ContextType, RequireFields<Schema.QueryMovementsArgs, 'first'>>;
  statementLines?: Resolver<ResolversTypes['StatementLineConnection'], ParentType, ContextType, RequireFields<Schema.QueryStatementLinesArgs, 'month' | 'first'>>;
  overview?: Resolver<ResolversTypes['Overview'], ParentType, ContextType, Partial<Schema.QueryOverviewArgs>>;
  policy?: Resolver<Schema.Maybe<ResolversTypes['Policy']>, ParentType, ContextType, RequireFields<Schema.QueryPolicyArgs, 'id'>>;
  policies?: Resolver<ResolversTypes['PolicyConnection'], ParentType, ContextType, RequireFields<Schema.QueryPoliciesArgs, 'first' | 'orderBy'>>;
  policyPreview?: Resolver<ResolversTypes['PolicyPreview'], ParentType, ContextType, RequireFields<Schema.QueryPolicyPreviewArgs, 'input'>>;
  quotas?: Resolver<ReadonlyArray<ResolversTypes['Quota']>, ParentType, ContextType, Partial<Schema.QueryQuotasArgs>>;
  reclaim?: Resolver<ResolversTypes['Reclaim'], ParentType, ContextType, Partial<Schema.QueryReclaimArgs>>;
  scrub?: Resolver<Schema.Maybe<ResolversTypes['Scrub']>, ParentType, ContextType, RequireFields<Schema.QueryScrubArgs, 'id'>>;
  scrubs?: Resolver<ResolversTypes['ScrubConnection'], ParentType, ContextType, RequireFields<Schema.QueryScrubsArgs, 'first'>>;
  damagedObjects?: Resolver<ResolversTypes['DamagedObjectConnection'], ParentType, ContextType, RequireFields<Schema.QueryDamagedObjectsArgs, 'healed' | 'first'>>;
  snapshot?: Resolver<Schema.Maybe<ResolversTypes['Snapshot']>, ParentType, ContextType, RequireFields<Schema.QuerySnapshotArgs, 'id'>>;
  snapshots?: Resolver<ResolversTypes['SnapshotConnection'], ParentType, ContextType, RequireFields<Schema.QuerySnapshotsArgs, 'first' | 'orderBy'>>;
  changedBlocks?: Resolver<ResolversTypes['ChangedBlocks'], ParentType, ContextType, RequireFields<Schema.QueryChangedBlocksArgs, 'input'>>;
  deleteSnapshotsPreview?: Resolver<ResolversTypes['DeleteSnapshotsPreview'], ParentType, ContextType, RequireFields<Schema.QueryDeleteSnapshotsPreviewArgs, 'input'>>;
  trash?: Resolver<ResolversTypes['TrashConnection'], ParentType, ContextType, RequireFields<Schema.QueryTrashArgs, 'kind' | 'first'>>;
  trashItem?: Resolver<Schema.Maybe<ResolversTypes['TrashItem']>, ParentType, ContextType, RequireFields<Schema.QueryTrashItemArgs, 'id'>>;
  breaches?: Resolver<ResolversTypes['DiskConnection'], ParentType, ContextType, RequireFields<Schema.QueryBreachesArgs, 'first'>>;
  tagObjectives?: Resolver<ResolversTypes['TagObjectiveConnection'], ParentType, ContextType, RequireFields<Schema.QueryTagObjectivesArgs, 'first'>>;
  webhook?: Resolver<Schema.Maybe<ResolversTypes['Webhook']>, ParentType, ContextType, RequireFields<Schema.QueryWebhookArgs, 'id'>>;
  webhooks?: Resolver<ResolversTypes['WebhookConnection'], ParentType, ContextType, RequireFields<Schema.QueryWebhooksArgs, 'first'>>;
  webhookDeliveries?: Resolver<ResolversTypes['WebhookDeliveryConnection'], ParentType, ContextType, RequireFields<Schema.QueryWebhookDeliveriesArgs, 'webhookId' | 'pending' | 'first'>>;
};

export type MutationResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  openSnapshotService?: Resolver<Schema.Maybe<ResolversTypes['OpenSnapshotServicePayload']>, ParentType, ContextType, RequireFields<Schema.MutationOpenSnapshotServiceArgs, 'input'>>;
  createApiKey?: Resolver<Schema.Maybe<ResolversTypes['CreateApiKeyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateApiKeyArgs, 'input'>>;
  revokeApiKey?: Resolver<Schema.Maybe<ResolversTypes['RevokeApiKeyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationRevokeApiKeyArgs, 'input'>>;
  attachDisk?: Resolver<Schema.Maybe<ResolversTypes['AttachDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationAttachDiskArgs, 'input'>>;
  detachDisk?: Resolver<Schema.Maybe<ResolversTypes['DetachDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationDetachDiskArgs, 'input'>>;
  copySnapshot?: Resolver<Schema.Maybe<ResolversTypes['CopySnapshotPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCopySnapshotArgs, 'input'>>;
  cancelCopy?: Resolver<Schema.Maybe<ResolversTypes['CancelCopyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCancelCopyArgs, 'input'>>;
  reportDamage?: Resolver<Schema.Maybe<ResolversTypes['ReportDamagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationReportDamageArgs, 'input'>>;
  prepareUpload?: Resolver<Schema.Maybe<ResolversTypes['PrepareUploadPayload']>, ParentType, ContextType, RequireFields<Schema.MutationPrepareUploadArgs, 'input'>>;
  commitBlocks?: Resolver<Schema.Maybe<ResolversTypes['CommitBlocksPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCommitBlocksArgs, 'input'>>;
  openDraft?: Resolver<Schema.Maybe<ResolversTypes['OpenDraftPayload']>, ParentType, ContextType, RequireFields<Schema.MutationOpenDraftArgs, 'input'>>;
  commitDraft?: Resolver<Schema.Maybe<ResolversTypes['CommitDraftPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCommitDraftArgs, 'input'>>;
  discardDraft?: Resolver<Schema.Maybe<ResolversTypes['DiscardDraftPayload']>, ParentType, ContextType, RequireFields<Schema.MutationDiscardDraftArgs, 'input'>>;
  createDisk?: Resolver<Schema.Maybe<ResolversTypes['CreateDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateDiskArgs, 'input'>>;
  updateDisk?: Resolver<Schema.Maybe<ResolversTypes['UpdateDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdateDiskArgs, 'input'>>;
  resizeDisk?: Resolver<Schema.Maybe<ResolversTypes['ResizeDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationResizeDiskArgs, 'input'>>;
  releaseDisk?: Resolver<Schema.Maybe<ResolversTypes['ReleaseDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationReleaseDiskArgs, 'input'>>;
  exportImage?: Resolver<Schema.Maybe<ResolversTypes['ExportImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationExportImageArgs, 'input'>>;
  cancelImageExport?: Resolver<Schema.Maybe<ResolversTypes['CancelImageExportPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCancelImageExportArgs, 'input'>>;
  createImage?: Resolver<Schema.Maybe<ResolversTypes['CreateImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateImageArgs, 'input'>>;
  updateImage?: Resolver<Schema.Maybe<ResolversTypes['UpdateImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdateImageArgs, 'input'>>;
  deleteImage?: Resolver<Schema.Maybe<ResolversTypes['DeleteImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationDeleteImageArgs, 'input'>>;
  shareImage?: Resolver<Schema.Maybe<ResolversTypes['ShareImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationShareImageArgs, 'input'>>;
  unshareImage?: Resolver<Schema.Maybe<ResolversTypes['UnshareImagePayload']>, ParentType, ContextType, RequireFields<Schema.MutationUnshareImageArgs, 'input'>>;
  createInstance?: Resolver<Schema.Maybe<ResolversTypes['CreateInstancePayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateInstanceArgs, 'input'>>;
  updateInstance?: Resolver<Schema.Maybe<ResolversTypes['UpdateInstancePayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdateInstanceArgs, 'input'>>;
  startInstance?: Resolver<Schema.Maybe<ResolversTypes['StartInstancePayload']>, ParentType, ContextType, RequireFields<Schema.MutationStartInstanceArgs, 'input'>>;
  stopInstance?: Resolver<Schema.Maybe<ResolversTypes['StopInstancePayload']>, ParentType, ContextType, RequireFields<Schema.MutationStopInstanceArgs, 'input'>>;
  releaseInstance?: Resolver<Schema.Maybe<ResolversTypes['ReleaseInstancePayload']>, ParentType, ContextType, RequireFields<Schema.MutationReleaseInstanceArgs, 'input'>>;
  replaceSystemDisk?: Resolver<Schema.Maybe<ResolversTypes['ReplaceSystemDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationReplaceSystemDiskArgs, 'input'>>;
  acquireLease?: Resolver<Schema.Maybe<ResolversTypes['AcquireLeasePayload']>, ParentType, ContextType, RequireFields<Schema.MutationAcquireLeaseArgs, 'input'>>;
  renewLease?: Resolver<Schema.Maybe<ResolversTypes['RenewLeasePayload']>, ParentType, ContextType, RequireFields<Schema.MutationRenewLeaseArgs, 'input'>>;
  releaseLease?: Resolver<Schema.Maybe<ResolversTypes['ReleaseLeasePayload']>, ParentType, ContextType, RequireFields<Schema.MutationReleaseLeaseArgs, 'input'>>;
  pinSnapshot?: Resolver<Schema.Maybe<ResolversTypes['PinSnapshotPayload']>, ParentType, ContextType, RequireFields<Schema.MutationPinSnapshotArgs, 'input'>>;
  unpinSnapshot?: Resolver<Schema.Maybe<ResolversTypes['UnpinSnapshotPayload']>, ParentType, ContextType, RequireFields<Schema.MutationUnpinSnapshotArgs, 'input'>>;
  setSnapshotRetention?: Resolver<Schema.Maybe<ResolversTypes['SetSnapshotRetentionPayload']>, ParentType, ContextType, RequireFields<Schema.MutationSetSnapshotRetentionArgs, 'input'>>;
  createPolicy?: Resolver<Schema.Maybe<ResolversTypes['CreatePolicyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreatePolicyArgs, 'input'>>;
  updatePolicy?: Resolver<Schema.Maybe<ResolversTypes['UpdatePolicyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdatePolicyArgs, 'input'>>;
  deletePolicy?: Resolver<Schema.Maybe<ResolversTypes['DeletePolicyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationDeletePolicyArgs, 'input'>>;
  applyPolicy?: Resolver<Schema.Maybe<ResolversTypes['ApplyPolicyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationApplyPolicyArgs, 'input'>>;
  cancelPolicy?: Resolver<Schema.Maybe<ResolversTypes['CancelPolicyPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCancelPolicyArgs, 'input'>>;
  setQuota?: Resolver<Schema.Maybe<ResolversTypes['SetQuotaPayload']>, ParentType, ContextType, RequireFields<Schema.MutationSetQuotaArgs, 'input'>>;
  completeReencryption?: Resolver<Schema.Maybe<ResolversTypes['CompleteReencryptionPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCompleteReencryptionArgs, 'input'>>;
  rollbackDisk?: Resolver<Schema.Maybe<ResolversTypes['RollbackDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationRollbackDiskArgs, 'input'>>;
  reinitializeDisk?: Resolver<Schema.Maybe<ResolversTypes['ReinitializeDiskPayload']>, ParentType, ContextType, RequireFields<Schema.MutationReinitializeDiskArgs, 'input'>>;
  startScrub?: Resolver<Schema.Maybe<ResolversTypes['StartScrubPayload']>, ParentType, ContextType, RequireFields<Schema.MutationStartScrubArgs, 'input'>>;
  cancelScrub?: Resolver<Schema.Maybe<ResolversTypes['CancelScrubPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCancelScrubArgs, 'input'>>;
  createSnapshot?: Resolver<Schema.Maybe<ResolversTypes['CreateSnapshotPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateSnapshotArgs, 'input'>>;
  updateSnapshot?: Resolver<Schema.Maybe<ResolversTypes['UpdateSnapshotPayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdateSnapshotArgs, 'input'>>;
  deleteSnapshots?: Resolver<Schema.Maybe<ResolversTypes['DeleteSnapshotsPayload']>, ParentType, ContextType, RequireFields<Schema.MutationDeleteSnapshotsArgs, 'input'>>;
  setTrashRetention?: Resolver<Schema.Maybe<ResolversTypes['SetTrashRetentionPayload']>, ParentType, ContextType, RequireFields<Schema.MutationSetTrashRetentionArgs, 'input'>>;
  restoreTrash?: Resolver<Schema.Maybe<ResolversTypes['RestoreTrashPayload']>, ParentType, ContextType, RequireFields<Schema.MutationRestoreTrashArgs, 'input'>>;
  purgeTrash?: Resolver<Schema.Maybe<ResolversTypes['PurgeTrashPayload']>, ParentType, ContextType, RequireFields<Schema.MutationPurgeTrashArgs, 'input'>>;
  setRecoveryPointObjective?: Resolver<Schema.Maybe<ResolversTypes['SetRecoveryPointObjectivePayload']>, ParentType, ContextType, RequireFields<Schema.MutationSetRecoveryPointObjectiveArgs, 'input'>>;
  createWebhook?: Resolver<Schema.Maybe<ResolversTypes['CreateWebhookPayload']>, ParentType, ContextType, RequireFields<Schema.MutationCreateWebhookArgs, 'input'>>;
  updateWebhook?: Resolver<Schema.Maybe<ResolversTypes['UpdateWebhookPayload']>, ParentType, ContextType, RequireFields<Schema.MutationUpdateWebhookArgs, 'input'>>;
  deleteWebhook?: Resolver<Schema.Maybe<ResolversTypes['DeleteWebhookPayload']>, ParentType, ContextType, RequireFields<Schema.MutationDeleteWebhookArgs, 'input'>>;
  rotateWebhookSecret?: Resolver<Schema.Maybe<ResolversTypes['RotateWebhookSecretPayload']>, ParentType, ContextType, RequireFields<Schema.MutationRotateWebhookSecretArgs, 'input'>>;
  testWebhook?: Resolver<Schema.Maybe<ResolversTypes['TestWebhookPayload']>, ParentType, ContextType, RequireFields<Schema.MutationTestWebhookArgs, 'input'>>;
};

export type ViewerResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Viewer'] = ResolversParentTypes['Viewer']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  readOnly?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  deletionsHeldSince?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type AccountResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['AccountStatus'], ParentType, ContextType>;
  arrearsSince?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  serviceStopsAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  snapshotsDeletedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  trashHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type RegionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Region'] = ResolversParentTypes['Region']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isDefault?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  snapshotService?: Resolver<ResolversTypes['SnapshotService'], ParentType, ContextType>;
};

export type SnapshotServiceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotService'] = ResolversParentTypes['SnapshotService']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  opened?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  openedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  acceptedTerms?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  acceptedTermsText?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  currentTerms?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currentTermsText?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OpenSnapshotServicePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OpenSnapshotServicePayload'] = ResolversParentTypes['OpenSnapshotServicePayload']> = {
  snapshotService?: Resolver<ResolversTypes['SnapshotService'], ParentType, ContextType>;
};

export type ApiKeyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ApiKey'] = ResolversParentTypes['ApiKey']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  role?: Resolver<ResolversTypes['Role'], ParentType, ContextType>;
  regions?: Resolver<Schema.Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  createdBy?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  expiresAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  revokedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ApiKeyConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ApiKeyConnection'] = ResolversParentTypes['ApiKeyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ApiKeyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ApiKey']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ApiKeyEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ApiKeyEdge'] = ResolversParentTypes['ApiKeyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type CreateApiKeyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateApiKeyPayload'] = ResolversParentTypes['CreateApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
  secret?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type RevokeApiKeyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RevokeApiKeyPayload'] = ResolversParentTypes['RevokeApiKeyPayload']> = {
  apiKey?: Resolver<ResolversTypes['ApiKey'], ParentType, ContextType>;
};

export type DiskResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Disk'] = ResolversParentTypes['Disk']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['AllowedAction']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DiskKind'], ParentType, ContextType>;
  category?: Resolver<ResolversTypes['DiskCategory'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['DiskStatus'], ParentType, ContextType>;
  chargeType?: Resolver<ResolversTypes['ChargeType'], ParentType, ContextType>;
  expiresAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  encrypted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  encryption?: Resolver<Schema.Maybe<ResolversTypes['Encryption']>, ParentType, ContextType>;
  deleteAutoSnapshots?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  deleteWithInstance?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  origin?: Resolver<ResolversTypes['DiskOrigin'], ParentType, ContextType>;
  instances?: Resolver<ReadonlyArray<ResolversTypes['Instance']>, ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sizes?: Resolver<Schema.Maybe<ResolversTypes['ContentSizes']>, ParentType, ContextType>;
  reencryption?: Resolver<Schema.Maybe<ResolversTypes['Reencryption']>, ParentType, ContextType>;
  unreadable?: Resolver<Schema.Maybe<ResolversTypes['UnreadableRanges']>, ParentType, ContextType>;
  chain?: Resolver<Schema.Maybe<ResolversTypes['Chain']>, ParentType, ContextType>;
  lease?: Resolver<Schema.Maybe<ResolversTypes['WriterLease']>, ParentType, ContextType>;
  policy?: Resolver<Schema.Maybe<ResolversTypes['Policy']>, ParentType, ContextType>;
  policyRuns?: Resolver<ResolversTypes['PolicyRunConnection'], ParentType, ContextType, RequireFields<Schema.DiskPolicyRunsArgs, 'first'>>;
  protection?: Resolver<Schema.Maybe<ResolversTypes['DiskProtection']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type SnapshotResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Snapshot'] = ResolversParentTypes['Snapshot']> = {
  actions?: Resolver<ReadonlyArray<ResolversTypes['AllowedAction']>, ParentType, ContextType>;
  copy?: Resolver<Schema.Maybe<ResolversTypes['SnapshotCopy']>, ParentType, ContextType>;
  pinnedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['SnapshotKind'], ParentType, ContextType>;
  sourceDisk?: Resolver<ResolversTypes['SnapshotSource'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['SnapshotStatus'], ParentType, ContextType>;
  progressPercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  consistency?: Resolver<ResolversTypes['SnapshotConsistency'], ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  retentionDays?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  expiresAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  policyId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  keptInUse?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  usage?: Resolver<ResolversTypes['SnapshotUsage'], ParentType, ContextType>;
  diskCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  type?: Resolver<ResolversTypes['SnapshotType'], ParentType, ContextType>;
  sizes?: Resolver<Schema.Maybe<ResolversTypes['ContentSizes']>, ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  unreadable?: Resolver<Schema.Maybe<ResolversTypes['UnreadableRanges']>, ParentType, ContextType>;
  encrypted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  encryption?: Resolver<Schema.Maybe<ResolversTypes['Encryption']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AllowedActionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AllowedAction'] = ResolversParentTypes['AllowedAction']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  allowed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  code?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PurposeAdviceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PurposeAdvice'] = ResolversParentTypes['PurposeAdvice']> = {
  purpose?: Resolver<ResolversTypes['AdvicePurpose'], ParentType, ContextType>;
  tag?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  everyDays?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  keepDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type DiskAdviceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskAdvice'] = ResolversParentTypes['DiskAdvice']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['PurposeAdvice'], ParentType, ContextType>;
  totalStoredBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  storedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['MeasuredChange']>, ParentType, ContextType>;
  options?: Resolver<ReadonlyArray<ResolversTypes['PolicyForecast']>, ParentType, ContextType>;
};

export type MeasuredChangeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MeasuredChange'] = ResolversParentTypes['MeasuredChange']> = {
  ageHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  pairs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  changedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  changedStoredBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type PolicyForecastResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyForecast'] = ResolversParentTypes['PolicyForecast']> = {
  option?: Resolver<ResolversTypes['ForecastOption'], ParentType, ContextType>;
  hours?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  weekdays?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  retentionDays?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  worstLossHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  snapshotCount?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  storedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  addedBytesPerDay?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  cost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  savedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  savedCost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  measured?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type DiskAdviceConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskAdviceConnection'] = ResolversParentTypes['DiskAdviceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DiskAdviceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DiskAdvice']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DiskAdviceEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskAdviceEdge'] = ResolversParentTypes['DiskAdviceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DiskAdvice'], ParentType, ContextType>;
};

export type UnprotectedDiskResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnprotectedDisk'] = ResolversParentTypes['UnprotectedDisk']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['PurposeAdvice'], ParentType, ContextType>;
  newestSnapshot?: Resolver<Schema.Maybe<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  freedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  freedCost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type UnprotectedDiskConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnprotectedDiskConnection'] = ResolversParentTypes['UnprotectedDiskConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['UnprotectedDiskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['UnprotectedDisk']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type UnprotectedDiskEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnprotectedDiskEdge'] = ResolversParentTypes['UnprotectedDiskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['UnprotectedDisk'], ParentType, ContextType>;
};

export type ForgottenSnapshotResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ForgottenSnapshot'] = ResolversParentTypes['ForgottenSnapshot']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
  purpose?: Resolver<ResolversTypes['PurposeAdvice'], ParentType, ContextType>;
  ageDays?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  freedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  freedCost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type ForgottenSnapshotConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ForgottenSnapshotConnection'] = ResolversParentTypes['ForgottenSnapshotConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ForgottenSnapshotEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ForgottenSnapshot']>, ParentType, ContextType>;
  freedTogetherBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  freedTogetherCost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ForgottenSnapshotEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ForgottenSnapshotEdge'] = ResolversParentTypes['ForgottenSnapshotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ForgottenSnapshot'], ParentType, ContextType>;
};

export type AttachDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AttachDiskPayload'] = ResolversParentTypes['AttachDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type DetachDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DetachDiskPayload'] = ResolversParentTypes['DetachDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type AuditRecordResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditRecord'] = ResolversParentTypes['AuditRecord']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  actorKind?: Resolver<ResolversTypes['AuditActorKind'], ParentType, ContextType>;
  actor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  action?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  outcome?: Resolver<ResolversTypes['AuditOutcome'], ParentType, ContextType>;
  code?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  reason?: Resolver<Schema.Maybe<ResolversTypes['DeletionReason']>, ParentType, ContextType>;
  subjects?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  address?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userAgent?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requestId?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type AuditConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditConnection'] = ResolversParentTypes['AuditConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['AuditEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['AuditRecord']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type AuditEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AuditEdge'] = ResolversParentTypes['AuditEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['AuditRecord'], ParentType, ContextType>;
};

export interface SafeIntScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['SafeInt'], any> {
  name: 'SafeInt';
}

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type NodeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Disk' | 'Snapshot' | 'Image' | 'Instance' | 'Job' | 'Policy', ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  hasNextPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  endCursor?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type TagResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Tag'] = ResolversParentTypes['Tag']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ContentSizesResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ContentSizes'] = ResolversParentTypes['ContentSizes']> = {
  ownBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  ownStoredBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  totalBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  totalStoredBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  sharedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type EncryptionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Encryption'] = ResolversParentTypes['Encryption']> = {
  keyId?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  wrappedKey?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type OperationErrorResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OperationError'] = ResolversParentTypes['OperationError']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CapacityResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Capacity'] = ResolversParentTypes['Capacity']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  logicalBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  deduplicatedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  storedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  waitingBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type CapacitySampleConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CapacitySampleConnection'] = ResolversParentTypes['CapacitySampleConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CapacitySampleEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Capacity']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CapacitySampleEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CapacitySampleEdge'] = ResolversParentTypes['CapacitySampleEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Capacity'], ParentType, ContextType>;
};

export type ChainResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Chain'] = ResolversParentTypes['Chain']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  disk?: Resolver<Schema.Maybe<ResolversTypes['Disk']>, ParentType, ContextType>;
  nodes?: Resolver<ResolversTypes['ChainNodeConnection'], ParentType, ContextType, RequireFields<Schema.ChainNodesArgs, 'first'>>;
  capacity?: Resolver<Schema.Maybe<ResolversTypes['ChainCapacity']>, ParentType, ContextType>;
  snapshotCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  manualQuota?: Resolver<ResolversTypes['Quota'], ParentType, ContextType>;
  autoQuota?: Resolver<ResolversTypes['Quota'], ParentType, ContextType>;
  lastVerifiedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  damagedObjects?: Resolver<ReadonlyArray<ResolversTypes['DamagedObject']>, ParentType, ContextType>;
  trash?: Resolver<ResolversTypes['ChainTrash'], ParentType, ContextType>;
};

export type ChainCapacityResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainCapacity'] = ResolversParentTypes['ChainCapacity']> = {
  logicalBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  storedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type ChainNodeConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainNodeConnection'] = ResolversParentTypes['ChainNodeConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChainNodeEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ChainNode']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type ChainNodeEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainNodeEdge'] = ResolversParentTypes['ChainNodeEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ChainNode'], ParentType, ContextType>;
};

export type ChainNodeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainNode'] = ResolversParentTypes['ChainNode']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
  parentId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  sizes?: Resolver<Schema.Maybe<ResolversTypes['ContentSizes']>, ParentType, ContextType>;
};

export type ChainConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainConnection'] = ResolversParentTypes['ChainConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ChainEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Chain']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ChainEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainEdge'] = ResolversParentTypes['ChainEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Chain'], ParentType, ContextType>;
};

export type SnapshotCopyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotCopy'] = ResolversParentTypes['SnapshotCopy']> = {
  sourceSnapshotId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceDiskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  sourceRegion?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totalBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  doneBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  movedBlocks?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  movedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  problem?: Resolver<Schema.Maybe<ResolversTypes['CopyProblem']>, ParentType, ContextType>;
};

export type CopyProblemResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CopyProblem'] = ResolversParentTypes['CopyProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CopySnapshotPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CopySnapshotPayload'] = ResolversParentTypes['CopySnapshotPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type CancelCopyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CancelCopyPayload'] = ResolversParentTypes['CancelCopyPayload']> = {
  snapshotId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReportDamagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReportDamagePayload'] = ResolversParentTypes['ReportDamagePayload']> = {
  blocks?: Resolver<ReadonlyArray<ResolversTypes['MetBlock']>, ParentType, ContextType>;
};

export type MetBlockResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MetBlock'] = ResolversParentTypes['MetBlock']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['MetBlockState'], ParentType, ContextType>;
};

export type PrepareUploadPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PrepareUploadPayload'] = ResolversParentTypes['PrepareUploadPayload']> = {
  objects?: Resolver<ReadonlyArray<ResolversTypes['PreparedObject']>, ParentType, ContextType>;
};

export type PreparedObjectResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PreparedObject'] = ResolversParentTypes['PreparedObject']> = {
  state?: Resolver<ResolversTypes['UploadState'], ParentType, ContextType>;
  url?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  headers?: Resolver<Schema.Maybe<ReadonlyArray<ResolversTypes['HttpHeader']>>, ParentType, ContextType>;
  retryAfterMs?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type HttpHeaderResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['HttpHeader'] = ResolversParentTypes['HttpHeader']> = {
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CommitBlocksPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CommitBlocksPayload'] = ResolversParentTypes['CommitBlocksPayload']> = {
  version?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type OpenDraftPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['OpenDraftPayload'] = ResolversParentTypes['OpenDraftPayload']> = {
  draft?: Resolver<ResolversTypes['Draft'], ParentType, ContextType>;
};

export type CommitDraftPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CommitDraftPayload'] = ResolversParentTypes['CommitDraftPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type DiscardDraftPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiscardDraftPayload'] = ResolversParentTypes['DiscardDraftPayload']> = {
  draftId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DraftResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Draft'] = ResolversParentTypes['Draft']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  baseVersion?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  label?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DraftConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DraftConnection'] = ResolversParentTypes['DraftConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DraftEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Draft']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DraftEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DraftEdge'] = ResolversParentTypes['DraftEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Draft'], ParentType, ContextType>;
};

export type BlockMapResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['BlockMap'] = ResolversParentTypes['BlockMap']> = {
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  blocks?: Resolver<ReadonlyArray<ResolversTypes['MappedBlock']>, ParentType, ContextType>;
  nextIndex?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type MappedBlockResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MappedBlock'] = ResolversParentTypes['MappedBlock']> = {
  index?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PageMapResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PageMap'] = ResolversParentTypes['PageMap']> = {
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  version?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  pages?: Resolver<ReadonlyArray<ResolversTypes['MappedPage']>, ParentType, ContextType>;
  nextIndex?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type MappedPageResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MappedPage'] = ResolversParentTypes['MappedPage']> = {
  index?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type DiskOriginResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskOrigin'] = ResolversParentTypes['DiskOrigin']> = {
  kind?: Resolver<ResolversTypes['DiskOriginKind'], ParentType, ContextType>;
  snapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  snapshot?: Resolver<Schema.Maybe<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  imageId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type DiskConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskConnection'] = ResolversParentTypes['DiskConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DiskEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Disk']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DiskEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskEdge'] = ResolversParentTypes['DiskEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type CreateDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateDiskPayload'] = ResolversParentTypes['CreateDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type UpdateDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdateDiskPayload'] = ResolversParentTypes['UpdateDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type ResizeDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ResizeDiskPayload'] = ResolversParentTypes['ResizeDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type ReleaseDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReleaseDiskPayload'] = ResolversParentTypes['ReleaseDiskPayload']> = {
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deletedSnapshotIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
  restorableUntil?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type EventResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Event'] = ResolversParentTypes['Event']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  region?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subject?: Resolver<ResolversTypes['EventSubject'], ParentType, ContextType>;
  data?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type EventSubjectResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['EventSubject'] = ResolversParentTypes['EventSubject']> = {
  kind?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type EventConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['EventConnection'] = ResolversParentTypes['EventConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['EventEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Event']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type EventEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['EventEdge'] = ResolversParentTypes['EventEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Event'], ParentType, ContextType>;
};

export type ImageExportResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ImageExport'] = ResolversParentTypes['ImageExport']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  imageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  format?: Resolver<ResolversTypes['ImageFileFormat'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ImageExportStatus'], ParentType, ContextType>;
  bucket?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  totalBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  doneBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  problem?: Resolver<Schema.Maybe<ResolversTypes['ExportProblem']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  expiresAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  downloadUrl?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType, RequireFields<Schema.ImageExportDownloadUrlArgs, 'ttlSeconds'>>;
};

export type ExportProblemResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ExportProblem'] = ResolversParentTypes['ExportProblem']> = {
  code?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  message?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type ImageExportConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ImageExportConnection'] = ResolversParentTypes['ImageExportConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImageExportEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['ImageExport']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImageExportEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ImageExportEdge'] = ResolversParentTypes['ImageExportEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['ImageExport'], ParentType, ContextType>;
};

export type ExportImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ExportImagePayload'] = ResolversParentTypes['ExportImagePayload']> = {
  export?: Resolver<ResolversTypes['ImageExport'], ParentType, ContextType>;
};

export type CancelImageExportPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CancelImageExportPayload'] = ResolversParentTypes['CancelImageExportPayload']> = {
  exportId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ImageResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Image'] = ResolversParentTypes['Image']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  ownerAccountId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  owned?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  snapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  diskKind?: Resolver<ResolversTypes['DiskKind'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  unreadable?: Resolver<Schema.Maybe<ResolversTypes['UnreadableRanges']>, ParentType, ContextType>;
  encrypted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  encryption?: Resolver<Schema.Maybe<ResolversTypes['Encryption']>, ParentType, ContextType>;
  root?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  sharedWith?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ImageConnection'] = ResolversParentTypes['ImageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ImageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ImageEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ImageEdge'] = ResolversParentTypes['ImageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
};

export type SharedImageConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SharedImageConnection'] = ResolversParentTypes['SharedImageConnection']> = {
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Image']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CreateImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateImagePayload'] = ResolversParentTypes['CreateImagePayload']> = {
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
};

export type UpdateImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdateImagePayload'] = ResolversParentTypes['UpdateImagePayload']> = {
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
};

export type DeleteImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteImagePayload'] = ResolversParentTypes['DeleteImagePayload']> = {
  imageId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  restorableUntil?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ShareImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ShareImagePayload'] = ResolversParentTypes['ShareImagePayload']> = {
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
};

export type UnshareImagePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnshareImagePayload'] = ResolversParentTypes['UnshareImagePayload']> = {
  image?: Resolver<ResolversTypes['Image'], ParentType, ContextType>;
};

export type InstanceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Instance'] = ResolversParentTypes['Instance']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['InstanceKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['InstanceStatus'], ParentType, ContextType>;
  systemDisk?: Resolver<Schema.Maybe<ResolversTypes['Disk']>, ParentType, ContextType>;
  dataDisks?: Resolver<ReadonlyArray<ResolversTypes['Disk']>, ParentType, ContextType>;
  deletionProtection?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstanceConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['InstanceConnection'] = ResolversParentTypes['InstanceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['InstanceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Instance']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type InstanceEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['InstanceEdge'] = ResolversParentTypes['InstanceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
};

export type CreateInstancePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateInstancePayload'] = ResolversParentTypes['CreateInstancePayload']> = {
  instance?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
};

export type UpdateInstancePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdateInstancePayload'] = ResolversParentTypes['UpdateInstancePayload']> = {
  instance?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
};

export type StartInstancePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StartInstancePayload'] = ResolversParentTypes['StartInstancePayload']> = {
  instance?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
};

export type StopInstancePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StopInstancePayload'] = ResolversParentTypes['StopInstancePayload']> = {
  instance?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
};

export type ReleaseInstancePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReleaseInstancePayload'] = ResolversParentTypes['ReleaseInstancePayload']> = {
  instanceId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  releasedDiskIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
  detachedDiskIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type ReplaceSystemDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReplaceSystemDiskPayload'] = ResolversParentTypes['ReplaceSystemDiskPayload']> = {
  instance?: Resolver<ResolversTypes['Instance'], ParentType, ContextType>;
  releasedDiskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type JobResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Job'] = ResolversParentTypes['Job']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['JobKind'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['JobStatus'], ParentType, ContextType>;
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  snapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type JobConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['JobConnection'] = ResolversParentTypes['JobConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['JobEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Job']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type JobEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['JobEdge'] = ResolversParentTypes['JobEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type WriterLeaseResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WriterLease'] = ResolversParentTypes['WriterLease']> = {
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  holder?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  fence?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  acquiredAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  renewedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  expiresAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  renewAfterMs?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  instanceId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  flushRequest?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type AcquireLeasePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['AcquireLeasePayload'] = ResolversParentTypes['AcquireLeasePayload']> = {
  lease?: Resolver<ResolversTypes['WriterLease'], ParentType, ContextType>;
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type RenewLeasePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RenewLeasePayload'] = ResolversParentTypes['RenewLeasePayload']> = {
  lease?: Resolver<ResolversTypes['WriterLease'], ParentType, ContextType>;
};

export type ReleaseLeasePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReleaseLeasePayload'] = ResolversParentTypes['ReleaseLeasePayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type PriceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Price'] = ResolversParentTypes['Price']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  perGibMonth?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  setAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PriceConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PriceConnection'] = ResolversParentTypes['PriceConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PriceEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Price']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PriceEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PriceEdge'] = ResolversParentTypes['PriceEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Price'], ParentType, ContextType>;
};

export type CapacityPackageResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CapacityPackage'] = ResolversParentTypes['CapacityPackage']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  gib?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  note?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type CapacityPackageConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CapacityPackageConnection'] = ResolversParentTypes['CapacityPackageConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['CapacityPackageEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['CapacityPackage']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type CapacityPackageEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CapacityPackageEdge'] = ResolversParentTypes['CapacityPackageEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['CapacityPackage'], ParentType, ContextType>;
};

export type StatementResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Statement'] = ResolversParentTypes['Statement']> = {
  month?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  closed?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  closedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  hoursInMonth?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  total?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  regions?: Resolver<ReadonlyArray<ResolversTypes['RegionStatement']>, ParentType, ContextType>;
  corrections?: Resolver<ReadonlyArray<ResolversTypes['StatementCorrection']>, ParentType, ContextType>;
};

export type RegionStatementResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RegionStatement'] = ResolversParentTypes['RegionStatement']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missingHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  byteHours?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  packages?: Resolver<ReadonlyArray<ResolversTypes['PackageUse']>, ParentType, ContextType>;
  prices?: Resolver<ReadonlyArray<ResolversTypes['PriceUse']>, ParentType, ContextType>;
  unpricedByteHours?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PackageUseResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PackageUse'] = ResolversParentTypes['PackageUse']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  gib?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  byteHours?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type PriceUseResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PriceUse'] = ResolversParentTypes['PriceUse']> = {
  from?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  perGibMonth?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  byteHours?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StatementCorrectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementCorrection'] = ResolversParentTypes['StatementCorrection']> = {
  ofMonth?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StatementConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementConnection'] = ResolversParentTypes['StatementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StatementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Statement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StatementEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementEdge'] = ResolversParentTypes['StatementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Statement'], ParentType, ContextType>;
};

export type StatementLineResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementLine'] = ResolversParentTypes['StatementLine']> = {
  kind?: Resolver<ResolversTypes['StatementLineKind'], ParentType, ContextType>;
  id?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  tagValue?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  byteHours?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type StatementLineConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementLineConnection'] = ResolversParentTypes['StatementLineConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['StatementLineEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['StatementLine']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type StatementLineEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StatementLineEdge'] = ResolversParentTypes['StatementLineEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['StatementLine'], ParentType, ContextType>;
};

export type BalanceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Balance'] = ResolversParentTypes['Balance']> = {
  currency?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  threshold?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MovementResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Movement'] = ResolversParentTypes['Movement']> = {
  number?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['MovementKind'], ParentType, ContextType>;
  amount?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  balance?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  note?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  month?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MovementConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MovementConnection'] = ResolversParentTypes['MovementConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['MovementEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Movement']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type MovementEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['MovementEdge'] = ResolversParentTypes['MovementEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Movement'], ParentType, ContextType>;
};

export type OverviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Overview'] = ResolversParentTypes['Overview']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  disks?: Resolver<ResolversTypes['DiskOverview'], ParentType, ContextType>;
  snapshots?: Resolver<ResolversTypes['SnapshotOverview'], ParentType, ContextType>;
  runs?: Resolver<ResolversTypes['RunOverview'], ParentType, ContextType>;
  waiting?: Resolver<ResolversTypes['WaitingOverview'], ParentType, ContextType>;
  damagedObjects?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  countedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  drift?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type DiskOverviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskOverview'] = ResolversParentTypes['DiskOverview']> = {
  total?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  protected?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  inBreach?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  unprotected?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  exempt?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  local?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type SnapshotOverviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotOverview'] = ResolversParentTypes['SnapshotOverview']> = {
  manual?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  automatic?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  inProgress?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type RunOverviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RunOverview'] = ResolversParentTypes['RunOverview']> = {
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  done?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  skipped?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  failed?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  missedSlots?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type WaitingOverviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WaitingOverview'] = ResolversParentTypes['WaitingOverview']> = {
  objects?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type PinSnapshotPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PinSnapshotPayload'] = ResolversParentTypes['PinSnapshotPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type UnpinSnapshotPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnpinSnapshotPayload'] = ResolversParentTypes['UnpinSnapshotPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type SetSnapshotRetentionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SetSnapshotRetentionPayload'] = ResolversParentTypes['SetSnapshotRetentionPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type PolicyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Policy'] = ResolversParentTypes['Policy']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hours?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  weekdays?: Resolver<ReadonlyArray<ResolversTypes['Int']>, ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retentionDays?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  copyTargets?: Resolver<ReadonlyArray<ResolversTypes['PolicyCopyTarget']>, ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PolicyStatus'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  nextRunAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  diskCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  disks?: Resolver<ResolversTypes['DiskConnection'], ParentType, ContextType, RequireFields<Schema.PolicyDisksArgs, 'first'>>;
  coverableDisks?: Resolver<ResolversTypes['DiskConnection'], ParentType, ContextType, RequireFields<Schema.PolicyCoverableDisksArgs, 'first' | 'withoutPolicy'>>;
  runs?: Resolver<ResolversTypes['PolicyRunConnection'], ParentType, ContextType, RequireFields<Schema.PolicyRunsArgs, 'first'>>;
  slots?: Resolver<ResolversTypes['PolicySlotConnection'], ParentType, ContextType, RequireFields<Schema.PolicySlotsArgs, 'first'>>;
  nextRuns?: Resolver<ReadonlyArray<ResolversTypes['PlannedRun']>, ParentType, ContextType, RequireFields<Schema.PolicyNextRunsArgs, 'first'>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PolicyCopyTargetResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyCopyTarget'] = ResolversParentTypes['PolicyCopyTarget']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  retentionDays?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type PolicyConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyConnection'] = ResolversParentTypes['PolicyConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicyEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Policy']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicyEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyEdge'] = ResolversParentTypes['PolicyEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Policy'], ParentType, ContextType>;
};

export type CreatePolicyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreatePolicyPayload'] = ResolversParentTypes['CreatePolicyPayload']> = {
  policy?: Resolver<ResolversTypes['Policy'], ParentType, ContextType>;
};

export type UpdatePolicyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdatePolicyPayload'] = ResolversParentTypes['UpdatePolicyPayload']> = {
  policy?: Resolver<ResolversTypes['Policy'], ParentType, ContextType>;
};

export type DeletePolicyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeletePolicyPayload'] = ResolversParentTypes['DeletePolicyPayload']> = {
  policyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type ApplyPolicyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ApplyPolicyPayload'] = ResolversParentTypes['ApplyPolicyPayload']> = {
  policy?: Resolver<ResolversTypes['Policy'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['ApplyPolicyResult']>, ParentType, ContextType>;
};

export type ApplyPolicyResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ApplyPolicyResult'] = ResolversParentTypes['ApplyPolicyResult']> = {
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  applied?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  replacedPolicyId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  diskStatus?: Resolver<Schema.Maybe<ResolversTypes['DiskStatus']>, ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
};

export type CancelPolicyPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CancelPolicyPayload'] = ResolversParentTypes['CancelPolicyPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['CancelPolicyResult']>, ParentType, ContextType>;
};

export type CancelPolicyResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CancelPolicyResult'] = ResolversParentTypes['CancelPolicyResult']> = {
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  cancelled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  policyId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
};

export type PlannedRunResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PlannedRun'] = ResolversParentTypes['PlannedRun']> = {
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  utcOffsetMinutes?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  moved?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PolicyPreviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyPreview'] = ResolversParentTypes['PolicyPreview']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  timeZone?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  nextRuns?: Resolver<ReadonlyArray<ResolversTypes['PlannedRun']>, ParentType, ContextType, RequireFields<Schema.PolicyPreviewNextRunsArgs, 'first'>>;
  runsPerWeek?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  worstLossHours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  disks?: Resolver<ReadonlyArray<ResolversTypes['DiskForecast']>, ParentType, ContextType, RequireFields<Schema.PolicyPreviewDisksArgs, 'ids'>>;
};

export type DiskForecastResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskForecast'] = ResolversParentTypes['DiskForecast']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
  snapshotCount?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  storedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  addedBytesPerDay?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  cost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  savedBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  savedCost?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
  measured?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type PolicyRunResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyRun'] = ResolversParentTypes['PolicyRun']> = {
  diskId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  policyId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  slotAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PolicyRunStatus'], ParentType, ContextType>;
  code?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  snapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  replacedSnapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  triedAgain?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  missedSlots?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  copies?: Resolver<ReadonlyArray<ResolversTypes['PolicyRunCopy']>, ParentType, ContextType>;
  at?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type PolicyRunCopyResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyRunCopy'] = ResolversParentTypes['PolicyRunCopy']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PolicyCopyStatus'], ParentType, ContextType>;
  snapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  replacedSnapshotId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  problem?: Resolver<Schema.Maybe<ResolversTypes['CopyProblem']>, ParentType, ContextType>;
  finishedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PolicyRunConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyRunConnection'] = ResolversParentTypes['PolicyRunConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicyRunEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PolicyRun']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicyRunEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicyRunEdge'] = ResolversParentTypes['PolicyRunEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicyRun'], ParentType, ContextType>;
};

export type PolicySlotResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicySlot'] = ResolversParentTypes['PolicySlot']> = {
  slotAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['PolicySlotStatus'], ParentType, ContextType>;
  doneCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  skippedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  failedCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  missedSlots?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  openedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type PolicySlotConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicySlotConnection'] = ResolversParentTypes['PolicySlotConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['PolicySlotEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['PolicySlot']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type PolicySlotEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PolicySlotEdge'] = ResolversParentTypes['PolicySlotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['PolicySlot'], ParentType, ContextType>;
};

export type QuotaResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Quota'] = ResolversParentTypes['Quota']> = {
  kind?: Resolver<ResolversTypes['QuotaKind'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  limit?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  used?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  free?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type SetQuotaPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SetQuotaPayload'] = ResolversParentTypes['SetQuotaPayload']> = {
  quota?: Resolver<ResolversTypes['Quota'], ParentType, ContextType>;
};

export type ByteRangeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ByteRange'] = ResolversParentTypes['ByteRange']> = {
  offsetBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  lengthBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type UnreadableRangesResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UnreadableRanges'] = ResolversParentTypes['UnreadableRanges']> = {
  count?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  bytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  ranges?: Resolver<ReadonlyArray<ResolversTypes['ByteRange']>, ParentType, ContextType, RequireFields<Schema.UnreadableRangesRangesArgs, 'first'>>;
};

export type ReclaimResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Reclaim'] = ResolversParentTypes['Reclaim']> = {
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  waitingObjects?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  waitingBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  nextAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  allAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  graceHours?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  underWay?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  freedObjects?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  freedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type ReencryptionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Reencryption'] = ResolversParentTypes['Reencryption']> = {
  sourceSnapshotId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  copiedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  totalBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  progressPercent?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type CompleteReencryptionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CompleteReencryptionPayload'] = ResolversParentTypes['CompleteReencryptionPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
};

export type RollbackDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RollbackDiskPayload'] = ResolversParentTypes['RollbackDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
  safetySnapshot?: Resolver<Schema.Maybe<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  loss?: Resolver<ResolversTypes['RollbackLoss'], ParentType, ContextType>;
  refusals?: Resolver<ReadonlyArray<ResolversTypes['OperationError']>, ParentType, ContextType>;
  job?: Resolver<Schema.Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
};

export type RollbackLossResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RollbackLoss'] = ResolversParentTypes['RollbackLoss']> = {
  since?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  changedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  complete?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type ReinitializeDiskPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ReinitializeDiskPayload'] = ResolversParentTypes['ReinitializeDiskPayload']> = {
  disk?: Resolver<ResolversTypes['Disk'], ParentType, ContextType>;
  job?: Resolver<ResolversTypes['Job'], ParentType, ContextType>;
};

export type StartScrubPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['StartScrubPayload'] = ResolversParentTypes['StartScrubPayload']> = {
  scrub?: Resolver<ResolversTypes['Scrub'], ParentType, ContextType>;
};

export type CancelScrubPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CancelScrubPayload'] = ResolversParentTypes['CancelScrubPayload']> = {
  scrub?: Resolver<ResolversTypes['Scrub'], ParentType, ContextType>;
};

export type ScrubResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Scrub'] = ResolversParentTypes['Scrub']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  targetId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  chainId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  keyId?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  samplePercent?: Resolver<ResolversTypes['Float'], ParentType, ContextType>;
  repair?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  status?: Resolver<ResolversTypes['ScrubStatus'], ParentType, ContextType>;
  phase?: Resolver<Schema.Maybe<ResolversTypes['ScrubPhase']>, ParentType, ContextType>;
  versionsRead?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  versions?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  objectsRead?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  bytesRead?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  damaged?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  objectsCounted?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  wrongCounts?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  mended?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  unsettled?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  findings?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  finishedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ScrubConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ScrubConnection'] = ResolversParentTypes['ScrubConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['ScrubEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Scrub']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type ScrubEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ScrubEdge'] = ResolversParentTypes['ScrubEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Scrub'], ParentType, ContextType>;
};

export type DamagedObjectResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DamagedObject'] = ResolversParentTypes['DamagedObject']> = {
  objectId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  reason?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isPage?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  foundAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  healedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  places?: Resolver<ReadonlyArray<ResolversTypes['DamagedPlace']>, ParentType, ContextType, RequireFields<Schema.DamagedObjectPlacesArgs, 'first'>>;
  placeCount?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type DamagedPlaceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DamagedPlace'] = ResolversParentTypes['DamagedPlace']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  offsetBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
};

export type DamagedObjectConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DamagedObjectConnection'] = ResolversParentTypes['DamagedObjectConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['DamagedObjectEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['DamagedObject']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type DamagedObjectEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DamagedObjectEdge'] = ResolversParentTypes['DamagedObjectEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['DamagedObject'], ParentType, ContextType>;
};

export type SnapshotSourceResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotSource'] = ResolversParentTypes['SnapshotSource']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['DiskKind'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  encrypted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disk?: Resolver<Schema.Maybe<ResolversTypes['Disk']>, ParentType, ContextType>;
};

export type SnapshotConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotConnection'] = ResolversParentTypes['SnapshotConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['SnapshotEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Snapshot']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type SnapshotEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SnapshotEdge'] = ResolversParentTypes['SnapshotEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type ChangedBlocksResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChangedBlocks'] = ResolversParentTypes['ChangedBlocks']> = {
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  ranges?: Resolver<ReadonlyArray<ResolversTypes['ByteRange']>, ParentType, ContextType>;
  nextOffsetBytes?: Resolver<Schema.Maybe<ResolversTypes['SafeInt']>, ParentType, ContextType>;
};

export type DeleteSnapshotsPreviewResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteSnapshotsPreview'] = ResolversParentTypes['DeleteSnapshotsPreview']> = {
  objects?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  storedBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  settled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  results?: Resolver<ReadonlyArray<ResolversTypes['DeleteSnapshotsPreviewResult']>, ParentType, ContextType>;
  restorableUntil?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freeFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type DeleteSnapshotsPreviewResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteSnapshotsPreviewResult'] = ResolversParentTypes['DeleteSnapshotsPreviewResult']> = {
  snapshotId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
};

export type CreateSnapshotPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateSnapshotPayload'] = ResolversParentTypes['CreateSnapshotPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type UpdateSnapshotPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdateSnapshotPayload'] = ResolversParentTypes['UpdateSnapshotPayload']> = {
  snapshot?: Resolver<ResolversTypes['Snapshot'], ParentType, ContextType>;
};

export type DeleteSnapshotsPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteSnapshotsPayload'] = ResolversParentTypes['DeleteSnapshotsPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['DeleteSnapshotResult']>, ParentType, ContextType>;
};

export type DeleteSnapshotResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteSnapshotResult'] = ResolversParentTypes['DeleteSnapshotResult']> = {
  snapshotId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  deleted?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
  job?: Resolver<Schema.Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
  restorableUntil?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type ChainTrashResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['ChainTrash'] = ResolversParentTypes['ChainTrash']> = {
  count?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  capacity?: Resolver<Schema.Maybe<ResolversTypes['ChainCapacity']>, ParentType, ContextType>;
};

export type TrashItemResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TrashItem'] = ResolversParentTypes['TrashItem']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  kind?: Resolver<ResolversTypes['TrashKind'], ParentType, ContextType>;
  region?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  name?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  diskId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  deletedAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  restorableUntil?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  freeFrom?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  withDiskId?: Resolver<Schema.Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  snapshotCount?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  sizeBytes?: Resolver<ResolversTypes['SafeInt'], ParentType, ContextType>;
  tags?: Resolver<ReadonlyArray<ResolversTypes['Tag']>, ParentType, ContextType>;
  sizes?: Resolver<Schema.Maybe<ResolversTypes['ContentSizes']>, ParentType, ContextType>;
};

export type TrashConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TrashConnection'] = ResolversParentTypes['TrashConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TrashEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TrashItem']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TrashEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TrashEdge'] = ResolversParentTypes['TrashEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TrashItem'], ParentType, ContextType>;
};

export type SetTrashRetentionPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SetTrashRetentionPayload'] = ResolversParentTypes['SetTrashRetentionPayload']> = {
  account?: Resolver<ResolversTypes['Account'], ParentType, ContextType>;
};

export type RestoreTrashPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RestoreTrashPayload'] = ResolversParentTypes['RestoreTrashPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['RestoreTrashResult']>, ParentType, ContextType>;
};

export type RestoreTrashResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RestoreTrashResult'] = ResolversParentTypes['RestoreTrashResult']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  restored?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
  changes?: Resolver<ReadonlyArray<ResolversTypes['TrashChange']>, ParentType, ContextType>;
  snapshotIds?: Resolver<ReadonlyArray<ResolversTypes['ID']>, ParentType, ContextType>;
};

export type PurgeTrashPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PurgeTrashPayload'] = ResolversParentTypes['PurgeTrashPayload']> = {
  results?: Resolver<ReadonlyArray<ResolversTypes['PurgeTrashResult']>, ParentType, ContextType>;
};

export type PurgeTrashResultResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['PurgeTrashResult'] = ResolversParentTypes['PurgeTrashResult']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  purged?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  error?: Resolver<Schema.Maybe<ResolversTypes['OperationError']>, ParentType, ContextType>;
  job?: Resolver<Schema.Maybe<ResolversTypes['Job']>, ParentType, ContextType>;
};

export type DiskProtectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DiskProtection'] = ResolversParentTypes['DiskProtection']> = {
  status?: Resolver<ResolversTypes['ProtectionStatus'], ParentType, ContextType>;
  objectiveHours?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  source?: Resolver<Schema.Maybe<ResolversTypes['ObjectiveSource']>, ParentType, ContextType>;
  tag?: Resolver<Schema.Maybe<ResolversTypes['Tag']>, ParentType, ContextType>;
  newestUsableAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  breachAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  inBreachSince?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  reason?: Resolver<Schema.Maybe<ResolversTypes['BreachReason']>, ParentType, ContextType>;
};

export type TagObjectiveResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TagObjective'] = ResolversParentTypes['TagObjective']> = {
  key?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  value?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  hours?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type TagObjectiveConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TagObjectiveConnection'] = ResolversParentTypes['TagObjectiveConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['TagObjectiveEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['TagObjective']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type TagObjectiveEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TagObjectiveEdge'] = ResolversParentTypes['TagObjectiveEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['TagObjective'], ParentType, ContextType>;
};

export type SetRecoveryPointObjectivePayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['SetRecoveryPointObjectivePayload'] = ResolversParentTypes['SetRecoveryPointObjectivePayload']> = {
  disk?: Resolver<Schema.Maybe<ResolversTypes['Disk']>, ParentType, ContextType>;
  tagObjective?: Resolver<Schema.Maybe<ResolversTypes['TagObjective']>, ParentType, ContextType>;
};

export type WebhookResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['Webhook'] = ResolversParentTypes['Webhook']> = {
  id?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  url?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  description?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  types?: Resolver<Schema.Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  enabled?: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  disabledReason?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  oldSecretUntil?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  failingSince?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
};

export type WebhookDeliveryResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WebhookDelivery'] = ResolversParentTypes['WebhookDelivery']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  type?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  state?: Resolver<ResolversTypes['WebhookDeliveryState'], ParentType, ContextType>;
  attempts?: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  lastTriedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  lastStatus?: Resolver<Schema.Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  lastError?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  dueAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  createdAt?: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  endedAt?: Resolver<Schema.Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type WebhookConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WebhookConnection'] = ResolversParentTypes['WebhookConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['Webhook']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WebhookEdge'] = ResolversParentTypes['WebhookEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
};

export type WebhookDeliveryConnectionResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WebhookDeliveryConnection'] = ResolversParentTypes['WebhookDeliveryConnection']> = {
  edges?: Resolver<ReadonlyArray<ResolversTypes['WebhookDeliveryEdge']>, ParentType, ContextType>;
  nodes?: Resolver<ReadonlyArray<ResolversTypes['WebhookDelivery']>, ParentType, ContextType>;
  pageInfo?: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
};

export type WebhookDeliveryEdgeResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['WebhookDeliveryEdge'] = ResolversParentTypes['WebhookDeliveryEdge']> = {
  cursor?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node?: Resolver<ResolversTypes['WebhookDelivery'], ParentType, ContextType>;
};

export type CreateWebhookPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['CreateWebhookPayload'] = ResolversParentTypes['CreateWebhookPayload']> = {
  webhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
  secret?: Resolver<Schema.Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type UpdateWebhookPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['UpdateWebhookPayload'] = ResolversParentTypes['UpdateWebhookPayload']> = {
  webhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
};

export type DeleteWebhookPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['DeleteWebhookPayload'] = ResolversParentTypes['DeleteWebhookPayload']> = {
  webhookId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type RotateWebhookSecretPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['RotateWebhookSecretPayload'] = ResolversParentTypes['RotateWebhookSecretPayload']> = {
  webhook?: Resolver<ResolversTypes['Webhook'], ParentType, ContextType>;
  secret?: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type TestWebhookPayloadResolvers<ContextType = unknown, ParentType extends ResolversParentTypes['TestWebhookPayload'] = ResolversParentTypes['TestWebhookPayload']> = {
  eventId?: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
};

export type Resolvers<ContextType = unknown> = {
  Query?: QueryResolvers<ContextType>;
  Mutation?: MutationResolvers<ContextType>;
  Viewer?: ViewerResolvers<ContextType>;
  Account?: AccountResolvers<ContextType>;
  Region?: RegionResolvers<ContextType>;
  SnapshotService?: SnapshotServiceResolvers<ContextType>;
  OpenSnapshotServicePayload?: OpenSnapshotServicePayloadResolvers<ContextType>;
  ApiKey?: ApiKeyResolvers<ContextType>;
  ApiKeyConnection?: ApiKeyConnectionResolvers<ContextType>;
  ApiKeyEdge?: ApiKeyEdgeResolvers<ContextType>;
  CreateApiKeyPayload?: CreateApiKeyPayloadResolvers<ContextType>;
  RevokeApiKeyPayload?: RevokeApiKeyPayloadResolvers<ContextType>;
  Disk?: DiskResolvers<ContextType>;
  Snapshot?: SnapshotResolvers<ContextType>;
  AllowedAction?: AllowedActionResolvers<ContextType>;
  PurposeAdvice?: PurposeAdviceResolvers<ContextType>;
  DiskAdvice?: DiskAdviceResolvers<ContextType>;
  MeasuredChange?: MeasuredChangeResolvers<ContextType>;
  PolicyForecast?: PolicyForecastResolvers<ContextType>;
  DiskAdviceConnection?: DiskAdviceConnectionResolvers<ContextType>;
  DiskAdviceEdge?: DiskAdviceEdgeResolvers<ContextType>;
  UnprotectedDisk?: UnprotectedDiskResolvers<ContextType>;
  UnprotectedDiskConnection?: UnprotectedDiskConnectionResolvers<ContextType>;
  UnprotectedDiskEdge?: UnprotectedDiskEdgeResolvers<ContextType>;
  ForgottenSnapshot?: ForgottenSnapshotResolvers<ContextType>;
  ForgottenSnapshotConnection?: ForgottenSnapshotConnectionResolvers<ContextType>;
  ForgottenSnapshotEdge?: ForgottenSnapshotEdgeResolvers<ContextType>;
  AttachDiskPayload?: AttachDiskPayloadResolvers<ContextType>;
  DetachDiskPayload?: DetachDiskPayloadResolvers<ContextType>;
  AuditRecord?: AuditRecordResolvers<ContextType>;
  AuditConnection?: AuditConnectionResolvers<ContextType>;
  AuditEdge?: AuditEdgeResolvers<ContextType>;
  SafeInt?: GraphQLScalarType;
  DateTime?: GraphQLScalarType;
  Node?: NodeResolvers<ContextType>;
  PageInfo?: PageInfoResolvers<ContextType>;
  Tag?: TagResolvers<ContextType>;
  ContentSizes?: ContentSizesResolvers<ContextType>;
  Encryption?: EncryptionResolvers<ContextType>;
  OperationError?: OperationErrorResolvers<ContextType>;
  Capacity?: CapacityResolvers<ContextType>;
  CapacitySampleConnection?: CapacitySampleConnectionResolvers<ContextType>;
  CapacitySampleEdge?: CapacitySampleEdgeResolvers<ContextType>;
  Chain?: ChainResolvers<ContextType>;
  ChainCapacity?: ChainCapacityResolvers<ContextType>;
  ChainNodeConnection?: ChainNodeConnectionResolvers<ContextType>;
  ChainNodeEdge?: ChainNodeEdgeResolvers<ContextType>;
  ChainNode?: ChainNodeResolvers<ContextType>;
  ChainConnection?: ChainConnectionResolvers<ContextType>;
  ChainEdge?: ChainEdgeResolvers<ContextType>;
  SnapshotCopy?: SnapshotCopyResolvers<ContextType>;
  CopyProblem?: CopyProblemResolvers<ContextType>;
  CopySnapshotPayload?: CopySnapshotPayloadResolvers<ContextType>;
  CancelCopyPayload?: CancelCopyPayloadResolvers<ContextType>;
  ReportDamagePayload?: ReportDamagePayloadResolvers<ContextType>;
  MetBlock?: MetBlockResolvers<ContextType>;
  PrepareUploadPayload?: PrepareUploadPayloadResolvers<ContextType>;
  PreparedObject?: PreparedObjectResolvers<ContextType>;
  HttpHeader?: HttpHeaderResolvers<ContextType>;
  CommitBlocksPayload?: CommitBlocksPayloadResolvers<ContextType>;
  OpenDraftPayload?: OpenDraftPayloadResolvers<ContextType>;
  CommitDraftPayload?: CommitDraftPayloadResolvers<ContextType>;
  DiscardDraftPayload?: DiscardDraftPayloadResolvers<ContextType>;
  Draft?: DraftResolvers<ContextType>;
  DraftConnection?: DraftConnectionResolvers<ContextType>;
  DraftEdge?: DraftEdgeResolvers<ContextType>;
  BlockMap?: BlockMapResolvers<ContextType>;
  MappedBlock?: MappedBlockResolvers<ContextType>;
  PageMap?: PageMapResolvers<ContextType>;
  MappedPage?: MappedPageResolvers<ContextType>;
  DiskOrigin?: DiskOriginResolvers<ContextType>;
  DiskConnection?: DiskConnectionResolvers<ContextType>;
  DiskEdge?: DiskEdgeResolvers<ContextType>;
  CreateDiskPayload?: CreateDiskPayloadResolvers<ContextType>;
  UpdateDiskPayload?: UpdateDiskPayloadResolvers<ContextType>;
  ResizeDiskPayload?: ResizeDiskPayloadResolvers<ContextType>;
  ReleaseDiskPayload?: ReleaseDiskPayloadResolvers<ContextType>;
  Event?: EventResolvers<ContextType>;
  EventSubject?: EventSubjectResolvers<ContextType>;
  EventConnection?: EventConnectionResolvers<ContextType>;
  EventEdge?: EventEdgeResolvers<ContextType>;
  ImageExport?: ImageExportResolvers<ContextType>;
  ExportProblem?: ExportProblemResolvers<ContextType>;
  ImageExportConnection?: ImageExportConnectionResolvers<ContextType>;
  ImageExportEdge?: ImageExportEdgeResolvers<ContextType>;
  ExportImagePayload?: ExportImagePayloadResolvers<ContextType>;
  CancelImageExportPayload?: CancelImageExportPayloadResolvers<ContextType>;
  Image?: ImageResolvers<ContextType>;
  ImageConnection?: ImageConnectionResolvers<ContextType>;
  ImageEdge?: ImageEdgeResolvers<ContextType>;
  SharedImageConnection?: SharedImageConnectionResolvers<ContextType>;
  CreateImagePayload?: CreateImagePayloadResolvers<ContextType>;
  UpdateImagePayload?: UpdateImagePayloadResolvers<ContextType>;
  DeleteImagePayload?: DeleteImagePayloadResolvers<ContextType>;
  ShareImagePayload?: ShareImagePayloadResolvers<ContextType>;
  UnshareImagePayload?: UnshareImagePayloadResolvers<ContextType>;
  Instance?: InstanceResolvers<ContextType>;
  InstanceConnection?: InstanceConnectionResolvers<ContextType>;
  InstanceEdge?: InstanceEdgeResolvers<ContextType>;
  CreateInstancePayload?: CreateInstancePayloadResolvers<ContextType>;
  UpdateInstancePayload?: UpdateInstancePayloadResolvers<ContextType>;
  StartInstancePayload?: StartInstancePayloadResolvers<ContextType>;
  StopInstancePayload?: StopInstancePayloadResolvers<ContextType>;
  ReleaseInstancePayload?: ReleaseInstancePayloadResolvers<ContextType>;
  ReplaceSystemDiskPayload?: ReplaceSystemDiskPayloadResolvers<ContextType>;
  Job?: JobResolvers<ContextType>;
  JobConnection?: JobConnectionResolvers<ContextType>;
  JobEdge?: JobEdgeResolvers<ContextType>;
  WriterLease?: WriterLeaseResolvers<ContextType>;
  AcquireLeasePayload?: AcquireLeasePayloadResolvers<ContextType>;
  RenewLeasePayload?: RenewLeasePayloadResolvers<ContextType>;
  ReleaseLeasePayload?: ReleaseLeasePayloadResolvers<ContextType>;
  Price?: PriceResolvers<ContextType>;
  PriceConnection?: PriceConnectionResolvers<ContextType>;
  PriceEdge?: PriceEdgeResolvers<ContextType>;
  CapacityPackage?: CapacityPackageResolvers<ContextType>;
  CapacityPackageConnection?: CapacityPackageConnectionResolvers<ContextType>;
  CapacityPackageEdge?: CapacityPackageEdgeResolvers<ContextType>;
  Statement?: StatementResolvers<ContextType>;
  RegionStatement?: RegionStatementResolvers<ContextType>;
  PackageUse?: PackageUseResolvers<ContextType>;
  PriceUse?: PriceUseResolvers<ContextType>;
  StatementCorrection?: StatementCorrectionResolvers<ContextType>;
  StatementConnection?: StatementConnectionResolvers<ContextType>;
  StatementEdge?: StatementEdgeResolvers<ContextType>;
  StatementLine?: StatementLineResolvers<ContextType>;
  StatementLineConnection?: StatementLineConnectionResolvers<ContextType>;
  StatementLineEdge?: StatementLineEdgeResolvers<ContextType>;
  Balance?: BalanceResolvers<ContextType>;
  Movement?: MovementResolvers<ContextType>;
  MovementConnection?: MovementConnectionResolvers<ContextType>;
  MovementEdge?: MovementEdgeResolvers<ContextType>;
  Overview?: OverviewResolvers<ContextType>;
  DiskOverview?: DiskOverviewResolvers<ContextType>;
  SnapshotOverview?: SnapshotOverviewResolvers<ContextType>;
  RunOverview?: RunOverviewResolvers<ContextType>;
  WaitingOverview?: WaitingOverviewResolvers<ContextType>;
  PinSnapshotPayload?: PinSnapshotPayloadResolvers<ContextType>;
  UnpinSnapshotPayload?: UnpinSnapshotPayloadResolvers<ContextType>;
  SetSnapshotRetentionPayload?: SetSnapshotRetentionPayloadResolvers<ContextType>;
  Policy?: PolicyResolvers<ContextType>;
  PolicyCopyTarget?: PolicyCopyTargetResolvers<ContextType>;
  PolicyConnection?: PolicyConnectionResolvers<ContextType>;
  PolicyEdge?: PolicyEdgeResolvers<ContextType>;
  CreatePolicyPayload?: CreatePolicyPayloadResolvers<ContextType>;
  UpdatePolicyPayload?: UpdatePolicyPayloadResolvers<ContextType>;
  DeletePolicyPayload?: DeletePolicyPayloadResolvers<ContextType>;
  ApplyPolicyPayload?: ApplyPolicyPayloadResolvers<ContextType>;
  ApplyPolicyResult?: ApplyPolicyResultResolvers<ContextType>;
  CancelPolicyPayload?: CancelPolicyPayloadResolvers<ContextType>;
  CancelPolicyResult?: CancelPolicyResultResolvers<ContextType>;
  PlannedRun?: PlannedRunResolvers<ContextType>;
  PolicyPreview?: PolicyPreviewResolvers<ContextType>;
  DiskForecast?: DiskForecastResolvers<ContextType>;
  PolicyRun?: PolicyRunResolvers<ContextType>;
  PolicyRunCopy?: PolicyRunCopyResolvers<ContextType>;
  PolicyRunConnection?: PolicyRunConnectionResolvers<ContextType>;
  PolicyRunEdge?: PolicyRunEdgeResolvers<ContextType>;
  PolicySlot?: PolicySlotResolvers<ContextType>;
  PolicySlotConnection?: PolicySlotConnectionResolvers<ContextType>;
  PolicySlotEdge?: PolicySlotEdgeResolvers<ContextType>;
  Quota?: QuotaResolvers<ContextType>;
  SetQuotaPayload?: SetQuotaPayloadResolvers<ContextType>;
  ByteRange?: ByteRangeResolvers<ContextType>;
  UnreadableRanges?: UnreadableRangesResolvers<ContextType>;
  Reclaim?: ReclaimResolvers<ContextType>;
  Reencryption?: ReencryptionResolvers<ContextType>;
  CompleteReencryptionPayload?: CompleteReencryptionPayloadResolvers<ContextType>;
  RollbackDiskPayload?: RollbackDiskPayloadResolvers<ContextType>;
  RollbackLoss?: RollbackLossResolvers<ContextType>;
  ReinitializeDiskPayload?: ReinitializeDiskPayloadResolvers<ContextType>;
  StartScrubPayload?: StartScrubPayloadResolvers<ContextType>;
  CancelScrubPayload?: CancelScrubPayloadResolvers<ContextType>;
  Scrub?: ScrubResolvers<ContextType>;
  ScrubConnection?: ScrubConnectionResolvers<ContextType>;
  ScrubEdge?: ScrubEdgeResolvers<ContextType>;
  DamagedObject?: DamagedObjectResolvers<ContextType>;
  DamagedPlace?: DamagedPlaceResolvers<ContextType>;
  DamagedObjectConnection?: DamagedObjectConnectionResolvers<ContextType>;
  DamagedObjectEdge?: DamagedObjectEdgeResolvers<ContextType>;
  SnapshotSource?: SnapshotSourceResolvers<ContextType>;
  SnapshotConnection?: SnapshotConnectionResolvers<ContextType>;
  SnapshotEdge?: SnapshotEdgeResolvers<ContextType>;
  ChangedBlocks?: ChangedBlocksResolvers<ContextType>;
  DeleteSnapshotsPreview?: DeleteSnapshotsPreviewResolvers<ContextType>;
  DeleteSnapshotsPreviewResult?: DeleteSnapshotsPreviewResultResolvers<ContextType>;
  CreateSnapshotPayload?: CreateSnapshotPayloadResolvers<ContextType>;
  UpdateSnapshotPayload?: UpdateSnapshotPayloadResolvers<ContextType>;
  DeleteSnapshotsPayload?: DeleteSnapshotsPayloadResolvers<ContextType>;
  DeleteSnapshotResult?: DeleteSnapshotResultResolvers<ContextType>;
  ChainTrash?: ChainTrashResolvers<ContextType>;
  TrashItem?: TrashItemResolvers<ContextType>;
  TrashConnection?: TrashConnectionResolvers<ContextType>;
  TrashEdge?: TrashEdgeResolvers<ContextType>;
  SetTrashRetentionPayload?: SetTrashRetentionPayloadResolvers<ContextType>;
  RestoreTrashPayload?: RestoreTrashPayloadResolvers<ContextType>;
  RestoreTrashResult?: RestoreTrashResultResolvers<ContextType>;
  PurgeTrashPayload?: PurgeTrashPayloadResolvers<ContextType>;
  PurgeTrashResult?: PurgeTrashResultResolvers<ContextType>;
  DiskProtection?: DiskProtectionResolvers<ContextType>;
  TagObjective?: TagObjectiveResolvers<ContextType>;
  TagObjectiveConnection?: TagObjectiveConnectionResolvers<ContextType>;
  TagObjectiveEdge?: TagObjectiveEdgeResolvers<ContextType>;
  SetRecoveryPointObjectivePayload?: SetRecoveryPointObjectivePayloadResolvers<ContextType>;
  Webhook?: WebhookResolvers<ContextType>;
  WebhookDelivery?: WebhookDeliveryResolvers<ContextType>;
  WebhookConnection?: WebhookConnectionResolvers<ContextType>;
  WebhookEdge?: WebhookEdgeResolvers<ContextType>;
  WebhookDeliveryConnection?: WebhookDeliveryConnectionResolvers<ContextType>;
  WebhookDeliveryEdge?: WebhookDeliveryEdgeResolvers<ContextType>;
  CreateWebhookPayload?: CreateWebhookPayloadResolvers<ContextType>;
  UpdateWebhookPayload?: UpdateWebhookPayloadResolvers<ContextType>;
  DeleteWebhookPayload?: DeleteWebhookPayloadResolvers<ContextType>;
  RotateWebhookSecretPayload?: RotateWebhookSecretPayloadResolvers<ContextType>;
  TestWebhookPayload?: TestWebhookPayloadResolvers<ContextType>;
};

