using System.Buffers.Binary;
using System.Text;
using static MemoryWatch.BlackBox.Format.RecordFields;

namespace MemoryWatch.BlackBox.Format;

/// <summary>What a record of restarts on purpose is about.</summary>
internal enum RestartPhase : byte
{
    /// <summary>Only the restarts of earlier runs, known when the file was created.</summary>
    Carried,

    /// <summary>This run takes no more work and waits for what is in flight.</summary>
    Began,

    /// <summary>The wait is over, and the program is being stopped.</summary>
    Ended,
}

/// <summary>
/// The restarts on purpose of this and earlier runs, and the state of this run's. Each phase has its place among the end marks, so no later record
/// overwrites the count of an earlier one.
/// </summary>
internal static class RestartRecord
{
    public const int PhaseOffset = 33;
    public const int ZoneOffset = 34;
    public const int PresentOffset = 35;
    public const int ExitCodeOffset = BodyOffset;
    public const int LeftOffset = 44;
    public const int CountOffset = 48;
    public const int NamesLengthOffset = 50;
    public const int UsedOffset = 56;
    public const int LimitOffset = 64;
    public const int BeganOffset = 72;
    public const int WaitedOffset = 80;
    public const int CountedFromOffset = 88;
    public const int TimesOffset = 96;
    public const int NamesOffset = TimesOffset + RestartLedger.Most * sizeof(uint);

    /// <summary>The first place among the end marks that is used.</summary>
    public const int FirstPlace = 4;

    private const int UsedBit = 0;
    private const int LimitBit = 1;
    private const int CountedFromBit = 2;
    private const byte EndOfName = 0;

    public static long OffsetOf(ReadOnlySpan<byte> record) => OffsetOf(Phase(record));

    public static long OffsetOf(RestartPhase phase) => BoxFormat.EndMarksOffset + (FirstPlace + (int)phase) * BoxFormat.RecordSize;

    public static RestartPhase Phase(ReadOnlySpan<byte> record) => (RestartPhase)Math.Min(record[PhaseOffset], (byte)RestartPhase.Ended);

    /// <param name="record">An empty record.</param>
    /// <param name="ledger">The restarts, with the one of this run.</param>
    /// <param name="own">The restart of this run; <see langword="null"/> for none.</param>
    public static void Write(Span<byte> record, RestartLedger ledger, DrainedRestart? own)
    {
        var times = ledger.Times.TakeLast(RestartLedger.Most).ToArray();
        BinaryPrimitives.WriteUInt16LittleEndian(record[CountOffset..], (ushort)times.Length);
        for (var i = 0; i < times.Length; i++)
        {
            Put(record, TimesOffset + i * sizeof(uint), (uint)Math.Clamp(times[i].ToUnixTimeSeconds(), 0, uint.MaxValue));
        }

        Put(record, CountedFromOffset, ledger.CountedFrom is { } from ? BoxTime.Of(from) : null, PresentOffset, CountedFromBit);
        if (own is not null)
        {
            record[PhaseOffset] = (byte)(own.Waited is null ? RestartPhase.Began : RestartPhase.Ended);
            record[ZoneOffset] = (byte)own.Zone;
            Put(record, ExitCodeOffset, own.ExitCode);
            Put(record, LeftOffset, own.LeftInFlight);
            Put(record, UsedOffset, own.UsedBytes, PresentOffset, UsedBit);
            Put(record, LimitOffset, own.LimitBytes, PresentOffset, LimitBit);
            Put(record, BeganOffset, BoxTime.Of(own.Began));
            Put(record, WaitedOffset, BoxTime.Of(own.Waited ?? default));
            BinaryPrimitives.WriteUInt16LittleEndian(record[NamesLengthOffset..], (ushort)WriteNames(record[NamesOffset..], own.Background));
        }
    }

    public static DateTimeOffset[] Times(ReadOnlySpan<byte> record)
    {
        var times = new DateTimeOffset[Math.Min((int)BinaryPrimitives.ReadUInt16LittleEndian(record[CountOffset..]), RestartLedger.Most)];
        for (var i = 0; i < times.Length; i++)
        {
            times[i] = DateTimeOffset.FromUnixTimeSeconds(UInt32(record, TimesOffset + i * sizeof(uint)));
        }

        return times;
    }

    /// <summary>Since when the restarts are known; <see langword="null"/> if all are.</summary>
    public static DateTimeOffset? CountedFrom(ReadOnlySpan<byte> record) =>
        Optional(record, CountedFromOffset, PresentOffset, CountedFromBit) is { } from ? BoxTime.Time(from) : null;

    /// <returns>The restart of the run; <see langword="null"/> if it had begun none.</returns>
    public static DrainedRestart? Own(ReadOnlySpan<byte> record)
    {
        if (Phase(record) == RestartPhase.Carried)
        {
            return null;
        }

        var began = BoxTime.Time(Int64(record, BeganOffset));
        return new()
        {
            Began = began,
            Zone = (MemoryZone)Math.Min(record[ZoneOffset], (byte)MemoryZone.Imminent),
            UsedBytes = Optional(record, UsedOffset, PresentOffset, UsedBit),
            LimitBytes = Optional(record, LimitOffset, PresentOffset, LimitBit),
            Waited = Phase(record) == RestartPhase.Ended ? BoxTime.Length(Int64(record, WaitedOffset)) : null,
            LeftInFlight = Math.Max(0, Int32(record, LeftOffset)),
            Background = ReadNames(record),
            ExitCode = Math.Clamp(Int32(record, ExitCodeOffset), 0, byte.MaxValue),
            NumberOfDay = Math.Max(1, new RestartLedger(RestartMemory.Read, Times(record), null).CountAt(began)),
        };
    }

    /// <summary>Writes the names that fit whole, each with an end.</summary>
    private static int WriteNames(Span<byte> room, IReadOnlyList<string> names)
    {
        var written = 0;
        foreach (var name in names)
        {
            if (Encoding.UTF8.GetByteCount(name) < room.Length - written)
            {
                written += RecordText.Write(name, room[written..]);
                room[written++] = EndOfName;
            }
        }

        return written;
    }

    private static string[] ReadNames(ReadOnlySpan<byte> record)
    {
        var rest = record[NamesOffset..];
        rest = rest[..Math.Min(BinaryPrimitives.ReadUInt16LittleEndian(record[NamesLengthOffset..]), rest.Length)];
        var names = new List<string>();
        while (rest.IndexOf(EndOfName) is var end and >= 0)
        {
            names.Add(RecordText.Read(rest[..end], SafeText.MaxNameLength));
            rest = rest[(end + 1)..];
        }

        return [.. names];
    }
}
