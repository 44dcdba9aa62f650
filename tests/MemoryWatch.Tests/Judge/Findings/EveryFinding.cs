using MemoryWatch.Judge;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Judge.Findings;

/// <summary>Facts on which every rule fires, for tests of texts and forms.</summary>
internal static class EveryFinding
{
    public static FindingFacts Facts()
    {
        var sessions = new MetricDefinition("Sessions", new() { Maximum = 3 });
        var cost = FactsOf.Cost(sessions, 96);
        var cause = new MemoryCause
        {
            Window = TimeSpan.FromSeconds(2),
            ManagedChangeBytes = Bytes.Megabytes(100),
            ResidentChangeBytes = Bytes.Megabytes(100),
            Operations = [new() { Name = "Import", Count = 1, Share = 0.9, IsRunning = true, AllocatedBytes = Bytes.Megabytes(95) }],
        };
        var vain = new ReliefOutcome
        {
            Name = "GC", Time = default, Duration = TimeSpan.FromMilliseconds(40),
            Before = new() { ResidentBytes = 100 }, After = new() { ResidentBytes = 100 },
        };
        LeakAssessment Leak(LeakTrack track) => new()
        {
            Track = track, Verdict = LeakVerdict.Leaking, Observed = TimeSpan.FromHours(3), GrownBytes = Bytes.Megabytes(36),
        };

        var memory = FactsOf.Memory(
            400, 900, FactsOf.Heap(150, 100, 450, large: 140), UsagePrecision.AtMost, usage: 480, least: 150);
        return memory with
        {
            Metrics =
            [
                FactsOf.Trend(sessions, 4, levelSeconds: 60), FactsOf.Trend(new("Queue"), 8, riseSeconds: 30, steps: 8),
            ],
            Threads = FactsOf.Trend(new("Threads"), 240, lowest: 30, riseSeconds: 100),
            OpenFiles = FactsOf.Trend(new("Open files"), 900, lowest: 30, riseSeconds: 100),
            Costs = [cost],
            Capacity = new(new(Bytes.Megabytes(640), Bytes.Megabytes(600), Bytes.Megabytes(700)), Bytes.Megabytes(512), cost, 3),
            Retained = [new("Download", new(Bytes.Megabytes(10), Bytes.Megabytes(9), Bytes.Megabytes(11)), 6, Bytes.Megabytes(800))],
            InFlight = [new("Upload", TimeSpan.FromMinutes(9), TimeSpan.FromSeconds(4), 50)],
            Forgotten = [new("Message", 2000)],
            Spike = new(
                (SpikeAlert)new SpikeAlert(Bytes.Megabytes(100), TimeSpan.FromMinutes(1), Bytes.Megabytes(50)).With(cause, NoCauseReason.None),
                memory.Snapshot),
            Budgets = [new(1, "Download", default) { Bytes = Bytes.Megabytes(90), BudgetBytes = Bytes.Megabytes(80) }],
            Collections = [vain, vain, vain],
            Thrashing = new(null, Bytes.Megabytes(60)),
            PauseFraction = 0.2,
            LowestNativeBytes = 0,
            Inputs = new()
            {
                Leaks = [Leak(LeakTrack.Managed), Leak(LeakTrack.Native)],
                NativeHeap = new(14, Bytes.Megabytes(120), Bytes.Megabytes(90), default),
                Processes = [new(7, "ffmpeg", Bytes.Megabytes(110))],
                Uncollected = [new("UserSession", 2, TimeSpan.FromMinutes(5))],
                Folders = [new("/tmp/downloads", "tmpfs", IsMemory: true, UsedBytes: null)],
                GcFit = new(1, null, 2, [new(GcMismatchKind.LimitUnseen, null) { Value = Bytes.Megabytes(900), Memory = (Bytes.Megabytes(512), LimitSource.Container) }]),
            },
        };
    }
}
