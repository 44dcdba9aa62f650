using System.Globalization;
using MemoryWatch.BlackBox.Format;
using MemoryWatch.BlackBox.Record;
using MemoryWatch.Files;
using MemoryWatch.Read;
using MemoryWatch.Track;
using Microsoft.Extensions.Logging.Abstractions;

namespace MemoryWatch.Tests.BlackBox.Processes;

/// <summary>
/// A program whose threads start and end operations as fast as they can, each with some in flight, beside one that records samples, until it
/// is killed. What it does is in a <see cref="Ledger"/>.
/// </summary>
internal static class WritingChild
{
    public const string Name = "write";
    public const int Threads = 3;
    public const int MostInFlight = 12;

    private const int Size = 256 << 10;

    /// <param name="args">The black box, the ledger, and a number that makes this run different from others.</param>
    public static int Run(string[] args)
    {
        var seed = int.Parse(args[2], CultureInfo.InvariantCulture);
        using var ledger = new Ledger(args[1], Threads);
        using var reader = new LinuxReader(TimeProvider.System);
        var (watchRecords, operationRecords) = BoxFormat.Rings(Size);
        var header = new BoxHeader(
            new() { RunId = Guid.NewGuid(), Started = TimeProvider.System.GetUtcNow() }, watchRecords, operationRecords);
        var definitions = new byte[BoxFormat.DefinitionCount * BoxFormat.RecordSize];
        var file = new BoxFolder(new(args[0]), 1).Make(header, definitions, path => new BoxFile(DiskFiles.Instance, path));
        var writer = new RecordWriter(file, header, TimeProvider.System, Libc.CountWaits);
        var forward = new Forward();
        var tracker = new OperationTracker(
            new OperationStore(static () => { }), new(reader, static () => { }), TimeProvider.System, forward, isMetered: true);
        var recorder = new FlightRecorder(
            writer, tracker, reader, NullLogger.Instance, TimeProvider.System, TimeProvider.System.GetTimestamp());
        forward.To = recorder;
        for (var thread = 0; thread < Threads; thread++)
        {
            var number = thread;
            new Thread(() => Work(number, new Random(seed * Threads + number), tracker, writer, ledger)).Start();
        }

        for (var i = 0L; ; i++)
        {
            recorder.OnSnapshot(new()
            {
                Time = TimeProvider.System.GetUtcNow(), Zone = MemoryZone.Elevated, Usage = new() { UsedBytes = i, LimitBytes = ~i },
            });
            Thread.Yield();
        }
    }

    /// <summary>What an operation is about: made so that no two have the same, and that a mixture of two is neither.</summary>
    public static string Context(int thread, long number) => string.Create(
        CultureInfo.InvariantCulture, $"{thread}:{number}:{new string((char)('a' + number % 26), (int)(number % 150))}:{number}");

    private static void Work(int thread, Random random, OperationTracker tracker, RecordWriter writer, Ledger ledger)
    {
        var running = new Queue<OperationScope>();
        var (last, ended) = (0L, 0L);
        while (true)
        {
            for (var wanted = random.Next(MostInFlight); running.Count <= wanted;)
            {
                Volatile.Write(ref ledger.Starting(thread), ++last);
                running.Enqueue(tracker.Start($"Thread {thread}", Context(thread, last)));
                Note(writer, ledger);
                Volatile.Write(ref ledger.Started(thread), last);
            }

            for (var wanted = random.Next(MostInFlight); running.Count > wanted;)
            {
                Volatile.Write(ref ledger.Ending(thread), ++ended);
                running.Dequeue().Dispose();
                Note(writer, ledger);
                Volatile.Write(ref ledger.Ended(thread), ended);
            }
        }
    }

    // Before what was done is noted as done: what went through the queue may not be in the file yet.
    private static void Note(RecordWriter writer, Ledger ledger)
    {
        if (writer.MovedBecauseOf is not null)
        {
            ledger.NoteQueue();
        }
    }

    private sealed class Forward : IEntryListener
    {
        public IEntryListener? To { get; set; }

        public void OnEntry(in JournalEntry entry) => ((FlightRecorder)To!).OnEntry(entry);
    }
}
