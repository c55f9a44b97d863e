import type { FailureCode } from '../api/request.ts';
import type { Language } from '../i18n/words.ts';

/** What somebody can do about each code. One that is missing does not compile. */
const REMEDIES: Readonly<Record<FailureCode, readonly [en: string, zh: string]>> = {
  Unreachable: ['The service does not answer. It is asked again by itself.', '服务无响应，将自动重试。'],
  BadAnswer: [
    'Something between here and the service changed the answer. Reload the page.',
    '服务的应答在途中被改动，请重新加载页面。',
  ],
  Unauthenticated: [
    'Sign in again: the session has ended or the key was revoked.',
    '请重新登录：会话已结束或密钥已被撤销。',
  ],
  Forbidden: ['Ask an administrator for a key with a higher role.', '请向管理员申请权限更高的密钥。'],
  NotFound: ['It may have been deleted. Look in the recycle bin.', '它可能已被删除，请查看回收站。'],
  InvalidParameter: ['Correct the marked field.', '请更正标出的字段。'],
  NoIndexForFilter: ['Remove a filter, or choose another order.', '请去掉一个筛选条件，或更换排序方式。'],
  SnapshotServiceNotOpened: [
    'An administrator opens the snapshot service on the overview page.',
    '请由管理员在概览页开通快照服务。',
  ],
  AccountInArrears: [
    'Pay what is due. Reading, rolling back and deleting still work.',
    '请结清欠款；读取、回滚和删除仍可使用。',
  ],
  QuotaExceeded: ['Delete what is not needed, or have the quota raised.', '请删除不需要的资源，或提高配额。'],
  UnsupportedDiskCategory: [
    'Local disks have no snapshots. Use another category.',
    '本地盘不支持快照，请使用其他类别。',
  ],
  IncorrectDiskStatus: ['Wait until the disk is available or in use.', '请等待磁盘变为可用或使用中状态。'],
  IncorrectInstanceStatus: ['Stop or start the instance first.', '请先停止或启动实例。'],
  UnsupportedInstanceKind: [
    'A host comes and goes with the disks that it holds open. Close them there.',
    '主机随其打开的磁盘出现和消失，请在该主机上关闭磁盘。',
  ],
  DeletionProtected: ['Take the protection away first.', '请先解除释放保护。'],
  SnapshotCreating: ['Wait until the snapshot in progress is done.', '请等待正在创建的快照完成。'],
  SnapshotNotReady: ['Wait until the snapshot is accomplished.', '请等待快照创建完成。'],
  SnapshotUsedByDisk: [
    'Force the deletion: its disks keep working but cannot be reinitialised.',
    '可强制删除：由它创建的磁盘继续可用，但无法重新初始化。',
  ],
  SnapshotUsedByImage: ['Delete the image first.', '请先删除镜像。'],
  SnapshotPinned: ['Unpin the snapshot first.', '请先取消固定快照。'],
  InvalidSnapshotDisk: ['Choose a snapshot of this disk.', '请选择这块磁盘的快照。'],
  DiskLocked: [
    'Close the disk where it is open for writing, or break the lease.',
    '请在打开该磁盘的主机上关闭它，或强制解除租约。',
  ],
  LeaseLost: ['Open the disk again.', '请重新打开磁盘。'],
  OriginSnapshotDeleted: [
    'The origin is gone. Roll back to a snapshot of this disk instead.',
    '来源快照已删除，请改为回滚到这块磁盘的快照。',
  ],
  VersionConflict: [
    'Somebody changed the disk in between. Look at it and try again.',
    '磁盘刚刚被他人更改，请查看后重试。',
  ],
  DraftClosed: ['Begin the upload again.', '请重新开始上传。'],
  ObjectMissing: ['Upload the blocks again.', '请重新上传数据块。'],
  ObjectTombstoned: ['Try again in a moment.', '请稍后重试。'],
  ObjectDamaged: ['Run a scrub, and restore from another snapshot.', '请运行巡检，并从其他快照恢复。'],
  KeyUnavailable: ['Ask the operator whether the encryption key is enabled.', '请向运维人员确认加密密钥是否启用。'],
  EncryptionMismatch: ['Encrypt both, or neither.', '两者必须都加密，或都不加密。'],
  EncryptedImageNotShareable: ['Share an image of a plain snapshot.', '请共享未加密快照的镜像。'],
  EncryptedImageNotExportable: [
    'Export it with the command line, which has the key.',
    '请用命令行导出，命令行持有密钥。',
  ],
  ExportTooLarge: ['Export a smaller image, or use another format.', '请导出更小的镜像，或使用其他格式。'],
  ImageUnsupported: ['Convert the file to another format first.', '请先把文件转换成其他格式。'],
  ImageDamaged: ['Check the file, and copy it again.', '请检查文件并重新复制。'],
  IdempotentParameterMismatch: ['Send the form again.', '请重新提交表单。'],
  PriceMissing: ['The operator sets a price for the region.', '请由运维人员设置该地域的价格。'],
  ClockNotTrusted: ['The operator confirms the clock of the service.', '请由运维人员确认服务的时钟。'],
  PreviewTooLarge: ['Choose fewer snapshots.', '请减少所选快照的数量。'],
  Throttled: ['The service is busy. It is asked again by itself.', '服务繁忙，将自动重试。'],
  UnsupportedOperation: ['Reload the page: it may be of an earlier version.', '请重新加载页面：页面版本可能过旧。'],
  QueryTooComplex: ['Reload the page: it may be of an earlier version.', '请重新加载页面：页面版本可能过旧。'],
  AnswerTooLarge: ['Ask for fewer rows at once.', '请减少一次查询的数量。'],
  StorageFull: ['The operator makes room in the store. Reading goes on.', '请由运维人员扩充存储空间；读取不受影响。'],
  ReadOnly: ['The operator repairs the service. Reading goes on.', '请由运维人员修复服务；读取不受影响。'],
  ImportFormatUnclear: ['Name the format of the file.', '请指明文件的格式。'],
  ImportSourceChanged: ['Import it again once nothing writes to the file.', '请在文件不再变化后重新导入。'],
  ImportTooLarge: ['Import it with the command line.', '请用命令行导入。'],
  Internal: [
    'Try again. If it stays, give the request number to the operator.',
    '请重试；若仍失败，请把请求编号交给运维人员。',
  ],
};

export function remedyOf(code: FailureCode, language: Language): string {
  const remedy = REMEDIES[code] ?? REMEDIES.Internal;
  return remedy[language === 'en' ? 0 : 1];
}
