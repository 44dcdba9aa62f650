using System.Globalization;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Read;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.BlackBox;

/// <summary>docs/black-box-format.md says where everything is: exactly where the code puts it.</summary>
public sealed class FormatDocumentTests
{
    private static readonly string[] Document = Pages.Read("docs/black-box-format.md");

    public static TheoryData<string, int, int[]> Sections => new()
    {
        {
            "The file", 0,
            [0, BoxFormat.EndMarksOffset, BoxFormat.DefinitionsOffset, BoxFormat.WatchRingOffset]
        },
        {
            "Header", BoxHeader.End,
            [
                0, BoxHeader.HeaderChecksumOffset, BoxHeader.VersionOffset, BoxHeader.RecordSizeOffset, BoxHeader.WatchRecordsOffset,
                BoxHeader.OperationRecordsOffset, BoxHeader.RunIdOffset, BoxHeader.BootIdOffset, BoxHeader.ProcessIdOffset, BoxHeader.PresentOffset,
                BoxHeader.StartedOffset, BoxHeader.ProcessStartedOffset, BoxHeader.GroupDeviceOffset, BoxHeader.GroupInodeOffset,
                BoxHeader.LimitOffset, BoxHeader.GroupKillsOffset, BoxHeader.MachineKillsOffset, BoxHeader.MetricsOffset, BoxHeader.HistoryRecordsOffset,
                BoxHeader.MachineNameOffset,
                BoxHeader.LibraryVersionOffset, BoxHeader.GroupPathOffset, BoxHeader.BootClockOffset,
            ]
        },
        {
            "Record", 0,
            [
                RecordFields.ChecksumOffset, RecordFields.RunOffset, RecordFields.SequenceOffset, RecordFields.TimeOffset,
                RecordFields.ClockOffset, RecordFields.KindOffset, RecordFields.InFlightOffset, RecordFields.BodyOffset,
            ]
        },
        {
            "Entry", BoxFormat.RecordSize,
            [
                EntryRecord.OutcomeOffset, EntryRecord.PresentOffset, EntryRecord.ReplayOffset, EntryRecord.OperationOffset,
                EntryRecord.ParentOffset, EntryRecord.ResidentOffset, EntryRecord.ChangeOffset, EntryRecord.DurationOffset, EntryRecord.SlotOffset,
                EntryRecord.NameLengthOffset, EntryRecord.ContextLengthOffset, EntryRecord.ErrorLengthOffset, EntryRecord.AllocationOffset,
                EntryRecord.TextOffset,
            ]
        },
        {
            "Sample", BoxFormat.RecordSize,
            [
                SampleRecord.ZoneOffset, SampleRecord.LimitSourceOffset, SampleRecord.ContainerVersionOffset, SampleRecord.PresentOffset,
                SampleRecord.MetricsPresentOffset, SampleRecord.NumbersOffset, SampleRecord.MetricsOffset, SampleRecord.CollectionsOffset,
                SampleRecord.MeteredOffset, SampleRecord.BuiltInPresentOffset, SampleRecord.PrecisionOffset, SampleRecord.JudgementOffset,
                SampleRecord.ThreadsOffset, SampleRecord.OpenFilesOffset, SampleRecord.OtherProcessesOffset, SampleRecord.QuietOffset,
            ]
        },
        { "Allocations", BoxFormat.RecordSize, [AllocationRecord.CountOffset, AllocationRecord.CutOffset, AllocationRecord.ItemsOffset] },
        { "Names", BoxFormat.RecordSize, [NamesRecord.CountOffset, NamesRecord.OthersOffset, NamesRecord.ItemsOffset] },
        { "Running", BoxFormat.RecordSize, [RunningRecord.CountOffset, RunningRecord.KnownOffset, RunningRecord.ItemsOffset] },
        {
            "Processes", BoxFormat.RecordSize,
            [ProcessesRecord.CountOffset, ProcessesRecord.CompleteOffset, ProcessesRecord.FoundOffset, ProcessesRecord.ItemsOffset]
        },
        {
            "Finding", BoxFormat.RecordSize,
            [
                FindingRecord.SeverityOffset, FindingRecord.IndexOffset, FindingRecord.RuleLengthOffset, FindingRecord.MessageLengthOffset,
                FindingRecord.TextOffset,
            ]
        },
        {
            "Alert", BoxFormat.RecordSize,
            [
                AlertRecord.SeverityOffset, AlertRecord.ZoneOffset, AlertRecord.KindLengthOffset, AlertRecord.MessageLengthOffset,
                AlertRecord.TextOffset,
            ]
        },
        {
            "Relief", BoxFormat.RecordSize,
            [
                ReliefRecord.PresentOffset, ReliefRecord.DurationOffset, ReliefRecord.BeforeOffset, ReliefRecord.AfterOffset,
                ReliefRecord.NameLengthOffset, ReliefRecord.ErrorLengthOffset, ReliefRecord.TextOffset,
            ]
        },
        { "History", BoxFormat.RecordSize, [HistoryRecord.CountOffset, HistoryRecord.IndexOffset, HistoryRecord.ItemsOffset] },
        {
            "Restart", BoxFormat.RecordSize,
            [
                RestartRecord.PhaseOffset, RestartRecord.ZoneOffset, RestartRecord.PresentOffset, RestartRecord.ExitCodeOffset, RestartRecord.LeftOffset,
                RestartRecord.CountOffset, RestartRecord.NamesLengthOffset, RestartRecord.UsedOffset, RestartRecord.LimitOffset, RestartRecord.BeganOffset,
                RestartRecord.WaitedOffset, RestartRecord.CountedFromOffset, RestartRecord.TimesOffset, RestartRecord.NamesOffset,
            ]
        },
        { "Gap", 0, [GapRecord.LostOffset] },
        {
            "Metric definition", BoxFormat.RecordSize,
            [
                DefinitionRecord.IndexOffset, DefinitionRecord.PresentOffset, DefinitionRecord.NameLengthOffset, DefinitionRecord.KeyLengthOffset,
                DefinitionRecord.UnitLengthOffset, DefinitionRecord.MaximumOffset, DefinitionRecord.TextOffset,
            ]
        },
        {
            "End mark", BoxFormat.RecordSize,
            [EndMarkRecord.NumberOffset, EndMarkRecord.ErrorLengthOffset, EndMarkRecord.ErrorOffset]
        },
    };

    [Theory]
    [MemberData(nameof(Sections))]
    public void Every_field_stands_where_the_page_says(string section, int end, int[] offsets)
    {
        var rows = Rows(section).Where(row => int.TryParse(row[0], out _)).ToList();

        rows.Select(row => int.Parse(row[0], CultureInfo.InvariantCulture)).Should().Equal(offsets);
        for (var i = 0; i < rows.Count; i++)
        {
            var next = i + 1 < rows.Count ? offsets[i + 1] : end;
            if (next > 0 && int.TryParse(rows[i][1], out var size))
            {
                (offsets[i] + size).Should().BeLessOrEqualTo(next, "{0} ends before the next field begins", rows[i][2]);
            }
        }
    }

    [Fact]
    public void Every_kind_has_the_number_that_the_page_says() =>
        Document.Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Select(Cells)
            .Where(row => row.Length == 3 && Enum.TryParse<RecordKind>(row[1], out _) && !int.TryParse(row[1], out _))
            .Select(row => $"{row[0]} {row[1]}")
            .Should().Equal(Enum.GetValues<RecordKind>().Skip(1).Select(kind => $"{(int)kind} {kind}"));

    [Fact]
    public void Sizes_are_those_of_the_page()
    {
        string.Join('\n', Document).Should()
            .Contain($"# The black box file, version {BoxFormat.Version}\n").And.Contain("Records are 512\nbytes long").And.Contain("magic `MWBLKBOX`");
        (BoxFormat.RecordSize, BoxFormat.HeaderSize, BoxFormat.EndMarkCount, BoxFormat.DefinitionCount).Should().Be((512, 4096, 8, 32));
        (EntryRecord.MostNameBytes, EntryRecord.MostErrorBytes, AlertRecord.MostKindBytes, ReliefRecord.MostNameBytes, DefinitionRecord.MostBytes)
            .Should().Be((128, 112, 128, 128, 128));
        (AllocationRecord.MostItems, AllocationRecord.ItemSize).Should().Be((11, 40));
        (NamesRecord.ItemSize, NamesRecord.MostNameBytes, RunningRecord.ItemSize, RunningRecord.MostTextBytes).Should().Be((33, 96, 51, 64));
        (ProcessesRecord.ItemSize, ProcessesRecord.MostNameBytes, ContainerProcessReader.MostKept).Should().Be((16, 64, 3));
        (FindingRecord.MostRuleBytes, FindingRecord.Most).Should().Be((64, 3));
        (HistoryRecord.MostItems, HistoryRecord.SizesAt, HistoryRecord.MetricsAt, HistoryRecord.StartAt, HistoryRecord.ItemSize)
            .Should().Be((4, 4, 44, 116, 118));
        new[] { MemoryWatchDefaults.BlackBoxSize.Bytes, 128 << 10, BoxFormat.SmallestSize }.Select(BoxFormat.History).Should().Equal(252, 18, 0);
        (BoxFormat.MostHistoryRecords, (BoxFormat.SmallestSize - BoxFormat.WatchRingOffset) / BoxFormat.RecordSize).Should().Be((252, 80));
        (RestartRecord.FirstPlace, RestartLedger.Most).Should().Be((4, 50));
        (FlightRecorder.MostWhileHealthy, FlightRecorder.MostAbove).Should().Be((11, 22));
    }

    private static IEnumerable<string[]> Rows(string section) => Document
        .SkipWhile(line => line != $"## {section}").Skip(1)
        .TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
        .SkipWhile(line => !line.StartsWith('|'))
        .TakeWhile(line => line.StartsWith('|'))
        .Select(Cells);

    private static string[] Cells(string line) => [.. line.Trim('|').Split('|').Select(cell => cell.Trim())];
}
