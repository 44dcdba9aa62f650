using MemoryWatch.Track;

namespace MemoryWatch.Tests.Track;

public class JournalTests
{
    private readonly Journal _journal = new();

    [Fact]
    public void Entries_are_numbered_from_1_as_they_come()
    {
        Add("A");
        Add("B");
        _journal.Last().Select(e => (e.Sequence, e.Name)).Should().Equal((1, "A"), (2, "B"));
    }

    [Fact]
    public void The_last_256_are_kept_oldest_first()
    {
        AddMany(300);

        _journal.Last().Should().HaveCount(256);
        _journal.Last().Select(e => e.Name).Should().Equal(Enumerable.Range(45, 256).Select(i => $"{i}"));
        _journal.Last().Select(e => e.Sequence).Should().Equal(Enumerable.Range(45, 256).Select(i => (long)i));
    }

    [Fact]
    public void Reports_ask_for_the_last_few()
    {
        AddMany(300);

        _journal.Last(Journal.Shown).Select(e => e.Sequence).Should().Equal(Enumerable.Range(281, 20).Select(i => (long)i));
    }

    [Fact]
    public void A_reader_sees_each_entry_once_and_the_gap_where_it_came_too_late()
    {
        long sequence = 0;
        AddMany(2);
        Next().Should().Be(1);
        Next().Should().Be(2);
        Next().Should().BeNull();

        AddMany(300);
        Next().Should().Be(47);

        long? Next() => _journal.TryGetNext(ref sequence, out var entry) ? entry.Sequence : null;
    }

    [Theory]
    [InlineData(JournalEntryKind.Mark, OperationOutcome.Completed, "Download")]
    [InlineData(JournalEntryKind.Snapshot, OperationOutcome.Completed, "Download")]
    [InlineData(JournalEntryKind.Started, OperationOutcome.Running, "Download Started")]
    [InlineData(JournalEntryKind.Ended, OperationOutcome.Completed, "Download Completed")]
    [InlineData(JournalEntryKind.Ended, OperationOutcome.Failed, "Download Failed")]
    [InlineData(JournalEntryKind.Ended, OperationOutcome.Cancelled, "Download Cancelled")]
    public void The_title_says_what_happened(JournalEntryKind kind, OperationOutcome outcome, string title) =>
        new JournalEntry { Kind = kind, Outcome = outcome, Name = "Download" }.Title.Should().Be(title);

    private void Add(string name) => _journal.Add(new JournalEntry { Name = name });

    private void AddMany(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            Add($"{i}");
        }
    }
}
