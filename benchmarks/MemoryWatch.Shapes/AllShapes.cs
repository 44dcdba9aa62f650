using System.Buffers;
using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using System.Threading.Channels;

namespace MemoryWatch.Shapes;

/// <summary>All shapes, in the order of the table.</summary>
internal static partial class AllShapes
{
    private const int Megabyte = 1 << 20;

    // Memory outside of the process raises no spike; so much reaches the elevated zone of a group of 512 MB.
    private const int OutsideMegabytes = 350;

    public static readonly Shape[] List =
    [
        new(1, "async, awaits between allocations", async stage =>
        {
            using var scope = stage.Track();
            await stage.TakeAllAsync();
            await Top(stage);
        }, NamesGuilty),
        new(2, "synchronous loop that never awaits", static stage => OnThread(stage, () => stage.TakeAll(Stage.Compute)), NamesGuilty),
        new(3, "synchronous, sleeps between allocations", static stage => OnThread(stage, () => stage.TakeAll(stage.Rest)), NamesGuilty),
        new(4, "`Task.Run` workers started inside it", async stage =>
        {
            using var scope = stage.Track();
            await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
            {
                for (var step = 0; step < Stage.Steps / 4; step++)
                {
                    stage.Take();
                    await Task.Delay(4 * Stage.Pause, TimeProvider.System);
                }
            })));
            await Top(stage);
        }, NamesGuilty),
        new(5, "`Parallel.For` inside it", static stage => OnThread(stage, () => Parallel.For(0, Stage.Steps, _ =>
        {
            stage.Take();
            Stage.Compute();
        })), NamesGuilty),
        new(6, "a dedicated thread started inside it", async stage =>
        {
            using var scope = stage.Track();
            var thread = new Thread(() => stage.TakeAll(stage.Rest));
            thread.Start();
            while (thread.IsAlive)
            {
                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, NamesGuilty),
        new(7, "`System.Threading.Timer` callbacks", async stage =>
        {
            using var scope = stage.Track();
            var steps = 0;
            await using var timer = new Timer(
                _ =>
                {
                    if (Interlocked.Increment(ref steps) <= Stage.Steps)
                    {
                        stage.Take();
                    }
                },
                null, TimeSpan.Zero, Stage.Pause);
            while (Volatile.Read(ref steps) < Stage.Steps)
            {
                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, NamesGuilty),
        new(8, "producer of a channel whose consumer allocates with `Enter()`", static stage => ThroughChannel(stage, enters: true), NamesGuilty),
        new(9, "the same without `Enter()`", static stage => ThroughChannel(stage, enters: false), IsUnattributed) { IsNobodys = true },
        new(10, "`TrackAsync` over an `IAsyncEnumerable`", async stage =>
        {
            await foreach (var _ in stage.Watch.TrackAsync(Stage.Guilty, Stage.User, Items(stage)))
            {
                // The consumer only counts.
            }
        }, NamesGuilty),
        new(11, "nested: outer `Batch`, inner `Guilty`", async stage =>
        {
            using var batch = stage.Watch.Track("Batch", Stage.User);
            using var scope = stage.Track();
            await stage.TakeAllAsync();
            await Top(stage);
        }, NamesGuilty),
        new(12, "200 short ones of the same name, none in flight at the alert", async stage =>
        {
            for (var i = 0; i < 200; i++)
            {
                using (stage.Watch.Track(Stage.Guilty, $"User {i + 1}"))
                {
                    stage.Take(Stage.Steps * Megabyte / 200);
                }

                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, NamesGuilty),
        new(13, "one of 30 of the same name", async stage =>
        {
            await Task.WhenAll(Enumerable.Range(1, 30).Select(async user =>
            {
                using var scope = stage.Watch.Track(Stage.Guilty, $"User {user}");
                if (user == 17)
                {
                    await stage.TakeAllAsync();
                }

                await Task.Delay(TimeSpan.FromSeconds(4), TimeProvider.System);
                await Top(stage);
            }));
        }, static cause => First(cause) == Stage.Guilty && cause.Contains($"{Stage.Guilty} (User 17)", StringComparison.Ordinal)),
        new(14, "burst: 150 MB within 200 ms of its start", static stage => OnThread(stage, () => stage.TakeAll(static () => { })), NamesGuilty),
        new(15, "`ArrayPool.Shared.Rent`, never returned", async stage =>
        {
            using var scope = stage.Track();
            for (var step = 0; step < Stage.Steps; step++)
            {
                var rented = ArrayPool<byte>.Shared.Rent(Megabyte);
                Array.Fill(rented, (byte)1);
                stage.Keep(rented);
                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, NamesGuilty),
        new(16, "native: `NativeMemory.Alloc`, touched, synchronous", static stage => OnThread(stage, () =>
        {
            for (var step = 0; step < Stage.Steps; step++)
            {
                TakeNative();
                Stage.Compute();
            }
        }), static cause => First(cause) == Stage.Guilty || (cause.StartsWith("native", StringComparison.Ordinal) && MentionsGuilty(cause))),
        new(17, "memory-mapped file on tmpfs, touched", async stage =>
        {
            using var scope = stage.Track();
            using var file = new FileStream(
                $"/dev/shm/memorywatch-shape-{Environment.ProcessId}", FileMode.Create, FileAccess.ReadWrite, FileShare.ReadWrite, 1);

            // A killed process deletes nothing, and what is left in tmpfs would count against the group of the next shape.
            File.Delete(file.Name);
            file.SetLength((long)Stage.Steps * Megabyte);
            using var mapped = MemoryMappedFile.CreateFromFile(file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true);
            using var view = mapped.CreateViewAccessor();
            for (var step = 0; step < Stage.Steps; step++)
            {
                for (var page = 0; page < Megabyte; page += 4096)
                {
                    view.Write(((long)step * Megabyte) + page, (byte)1);
                }

                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, static cause => cause.StartsWith("shared", StringComparison.Ordinal) && MentionsGuilty(cause)),
        new(18, "no operation at all: a background thread allocates", async stage =>
        {
            var thread = new Thread(() => stage.TakeAll(stage.Rest)) { IsBackground = true };
            thread.UnsafeStart();
            while (thread.IsAlive)
            {
                await Task.Delay(Stage.Pause, TimeProvider.System);
            }

            await Top(stage);
        }, IsUnattributed) { IsNobodys = true },
        new(19, "a child process takes it", async stage =>
        {
            using var child = Process.Start(Hoard.Start(OutsideMegabytes))!;
            await child.StandardOutput.ReadLineAsync();
            await Top(stage);
        }, static cause => cause.StartsWith("rest of container", StringComparison.Ordinal) && NamesNobody(cause)) { IsNobodys = true, NeedsGroup = true },
        new(20, "growth in a request of ASP.NET Core, tracked by the package", WebShape.GrowAsync,
            static cause => First(cause)?.StartsWith("GET /grow", StringComparison.Ordinal) == true),
    ];

    /// <summary>The first operation that a text names; <see langword="null"/> if it names none.</summary>
    public static string? First(string cause)
    {
        string[] names = [Stage.Guilty, Innocents.Name, "Batch", "GET /grow"];
        return names.Where(name => cause.Contains(name, StringComparison.Ordinal)).MinBy(name => cause.IndexOf(name, StringComparison.Ordinal));
    }

    /// <summary>
    /// Whether a text accuses an operation: says that it allocated, computed or touched memory. One that was only in flight, or waited, is not
    /// accused.
    /// </summary>
    public static bool Accuses(string cause) => Accusation().IsMatch(cause);

    [GeneratedRegex(@"(Guilty|Innocent|Batch|GET /grow)(:[^,;(]*)?( \([^)]*\))?( and [^,;]*)?(, computing|, whose threads| allocated| after its end)")]
    private static partial Regex Accusation();

    private static bool IsUnattributed(string cause) => cause.StartsWith("unattributed", StringComparison.Ordinal) && !Accuses(cause);

    private static bool NamesGuilty(string cause) => First(cause) == Stage.Guilty;

    private static bool NamesNobody(string cause) => First(cause) is null;

    private static bool MentionsGuilty(string cause) => cause.Contains(Stage.Guilty, StringComparison.Ordinal);

    /// <summary>Stays at the top, inside the operation, until the alert is there and the process is killed.</summary>
    private static Task Top(Stage stage)
    {
        stage.ReachTop();
        return Task.Delay(Stage.AtTop, TimeProvider.System);
    }

    /// <summary>Runs the operation on a thread that it never gives back in between.</summary>
    private static async Task OnThread(Stage stage, Action work)
    {
        await Task.Factory.StartNew(
            () =>
            {
                using var scope = stage.Track();
                work();
                stage.ReachTop();
                for (var step = 0; step < Stage.AtTop / Stage.Pause; step++)
                {
                    Stage.Compute();
                }
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    private static async Task ThroughChannel(Stage stage, bool enters)
    {
        var channel = Channel.CreateUnbounded<OperationScope>();
        Task consumer;
        using (ExecutionContext.SuppressFlow())
        {
            consumer = Task.Run(async () =>
            {
                await foreach (var item in channel.Reader.ReadAllAsync())
                {
                    if (!enters)
                    {
                        stage.Take();
                        continue;
                    }

                    using (item.Enter())
                    {
                        stage.Take();
                    }
                }
            });
        }

        using var scope = stage.Track();
        for (var step = 0; step < Stage.Steps; step++)
        {
            await channel.Writer.WriteAsync(scope);
            await Task.Delay(Stage.Pause, TimeProvider.System);
        }

        channel.Writer.Complete();
        await consumer;
        await Top(stage);
    }

    private static async IAsyncEnumerable<int> Items(Stage stage)
    {
        for (var step = 0; step < Stage.Steps; step++)
        {
            stage.Take();
            await Task.Delay(Stage.Pause, TimeProvider.System);
            yield return step;
        }

        await Top(stage);
    }

    private static unsafe void TakeNative() => new Span<byte>(NativeMemory.Alloc(Megabyte), Megabyte).Fill(1);
}
