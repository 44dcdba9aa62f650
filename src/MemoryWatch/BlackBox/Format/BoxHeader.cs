using System.Buffers.Binary;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>The first page of a black box: the format, the layout and the run that writes the file.</summary>
/// <param name="Identity">The run that writes the file.</param>
/// <param name="WatchRecords">Number of records in the first ring.</param>
/// <param name="OperationRecords">Number of records in the second ring.</param>
/// <param name="Metrics">Number of metrics of the application; the file may not hold all of them.</param>
internal sealed record BoxHeader(RunIdentity Identity, int WatchRecords, int OperationRecords, int Metrics = 0)
{
    public const int HeaderChecksumOffset = 8;
    public const int VersionOffset = 12;
    public const int RecordSizeOffset = 14;
    public const int WatchRecordsOffset = 16;
    public const int OperationRecordsOffset = 20;
    public const int RunIdOffset = 24;
    public const int BootIdOffset = 40;
    public const int ProcessIdOffset = 56;
    public const int PresentOffset = 60;
    public const int StartedOffset = 64;
    public const int ProcessStartedOffset = 72;
    public const int GroupDeviceOffset = 80;
    public const int GroupInodeOffset = 88;
    public const int LimitOffset = 96;
    public const int GroupKillsOffset = 104;
    public const int MachineKillsOffset = 112;
    public const int MetricsOffset = 120;
    public const int HistoryRecordsOffset = 124;
    public const int MachineNameOffset = 128;
    public const int LibraryVersionOffset = 256;
    public const int GroupPathOffset = 320;
    public const int BootClockOffset = 1344;
    public const int End = 1352;

    private const int LimitBit = 0;
    private const int GroupKillsBit = 1;
    private const int MachineKillsBit = 2;
    private const int GroupBit = 3;
    private const int LoggedProcessIdBit = 4;
    private const int BootClockBit = 5;

    public static ReadOnlySpan<byte> Magic => "MWBLKBOX"u8;

    /// <summary>Number of records of the history, which follow the rings; 0 in files of earlier versions.</summary>
    public int HistoryRecords { get; init; }

    public long OperationRingOffset => BoxFormat.WatchRingOffset + (long)WatchRecords * BoxFormat.RecordSize;

    public long HistoryOffset => OperationRingOffset + (long)OperationRecords * BoxFormat.RecordSize;

    public long FileSize => HistoryOffset + (long)HistoryRecords * BoxFormat.RecordSize;

    public void Write(Span<byte> page)
    {
        page.Clear();
        Magic.CopyTo(page);
        BinaryPrimitives.WriteUInt16LittleEndian(page[VersionOffset..], BoxFormat.Version);
        BinaryPrimitives.WriteUInt16LittleEndian(page[RecordSizeOffset..], BoxFormat.RecordSize);
        Put(page, WatchRecordsOffset, WatchRecords);
        Put(page, OperationRecordsOffset, OperationRecords);
        Put(page, MetricsOffset, Metrics);
        Put(page, HistoryRecordsOffset, HistoryRecords);
        Identity.RunId.TryWriteBytes(page[RunIdOffset..]);
        Identity.BootId.TryWriteBytes(page[BootIdOffset..]);
        Put(page, ProcessIdOffset, Identity.ProcessId);
        Put(page, StartedOffset, BoxTime.Of(Identity.Started));
        Put(page, ProcessStartedOffset, BoxTime.Of(Identity.ProcessStarted));
        Put(page, LimitOffset, Identity.LimitBytes, PresentOffset, LimitBit);
        Put(page, GroupKillsOffset, Identity.GroupKills, PresentOffset, GroupKillsBit);
        Put(page, MachineKillsOffset, Identity.MachineKills, PresentOffset, MachineKillsBit);
        Put(page, GroupDeviceOffset, (long?)Identity.Group?.Device, PresentOffset, GroupBit);
        Put(page, GroupInodeOffset, (long)(Identity.Group?.Inode ?? 0));
        PutText(page[MachineNameOffset..LibraryVersionOffset], Identity.MachineName);
        PutText(page[LibraryVersionOffset..GroupPathOffset], Identity.LibraryVersion);
        PutText(page[GroupPathOffset..BootClockOffset], Identity.Group?.Path);
        Put(page, BootClockOffset, Identity.BootClock is { } clock ? BoxTime.Of(clock) : null, PresentOffset, BootClockBit);
        page[PresentOffset] |= Identity.IsLoggedProcessId ? (byte)(1 << LoggedProcessIdBit) : (byte)0;
        Put(page, HeaderChecksumOffset, Checksum.Of(page[VersionOffset..BoxFormat.HeaderSize]));
    }

    /// <param name="page">The first bytes of any file.</param>
    /// <param name="problem">Why the file cannot be read; empty if it can.</param>
    public static BoxHeader? Read(ReadOnlySpan<byte> page, out string problem)
    {
        problem = page.IsEmpty ? "it is empty"
            : page.Length < BoxFormat.HeaderSize || !page.StartsWith(Magic) ? "it is no black box"
            : BinaryPrimitives.ReadUInt16LittleEndian(page[VersionOffset..]) is var version && version != BoxFormat.Version
                ? FormattableString.Invariant($"it is of version {version}, and this one reads version {BoxFormat.Version}")
            : UInt32(page, HeaderChecksumOffset) != Checksum.Of(page[VersionOffset..BoxFormat.HeaderSize])
                || BinaryPrimitives.ReadUInt16LittleEndian(page[RecordSizeOffset..]) != BoxFormat.RecordSize
                || Int32(page, WatchRecordsOffset) < 0 || Int32(page, OperationRecordsOffset) < 0 ? "its header is damaged"
            : string.Empty;
        return problem.Length > 0
            ? null
            : new(
                ReadIdentity(page), Int32(page, WatchRecordsOffset), Int32(page, OperationRecordsOffset),
                Math.Max(0, Int32(page, MetricsOffset)))
            {
                // More than the format allows are no history.
                HistoryRecords = Int32(page, HistoryRecordsOffset) is var history and >= 0 and <= BoxFormat.MostHistoryRecords ? history : 0,
            };
    }

    private static RunIdentity ReadIdentity(ReadOnlySpan<byte> page) => new()
    {
        RunId = new(page.Slice(RunIdOffset, 16)),
        BootId = new(page.Slice(BootIdOffset, 16)),
        ProcessId = Int32(page, ProcessIdOffset),
        IsLoggedProcessId = (page[PresentOffset] & 1 << LoggedProcessIdBit) != 0,
        BootClock = Optional(page, BootClockOffset, PresentOffset, BootClockBit) is { } clock ? BoxTime.Length(clock) : null,
        Started = BoxTime.Time(Int64(page, StartedOffset)),
        ProcessStarted = BoxTime.Time(Int64(page, ProcessStartedOffset)),
        LimitBytes = Optional(page, LimitOffset, PresentOffset, LimitBit),
        GroupKills = Optional(page, GroupKillsOffset, PresentOffset, GroupKillsBit),
        MachineKills = Optional(page, MachineKillsOffset, PresentOffset, MachineKillsBit),
        Group = Optional(page, GroupDeviceOffset, PresentOffset, GroupBit) is { } device
            ? new(GetText(page[GroupPathOffset..BootClockOffset]), (ulong)device, (ulong)Int64(page, GroupInodeOffset))
            : null,
        MachineName = GetText(page[MachineNameOffset..LibraryVersionOffset]),
        LibraryVersion = GetText(page[LibraryVersionOffset..GroupPathOffset]),
    };

    private static void PutText(Span<byte> field, string? text) =>
        BinaryPrimitives.WriteUInt16LittleEndian(field, (ushort)RecordText.Write(text, field[2..]));

    private static string GetText(ReadOnlySpan<byte> field) =>
        RecordText.Read(field[2..][..Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(field), field.Length - 2)], field.Length);
}
