using System.Globalization;

namespace MemoryWatch.Shapes;

/// <summary>The process that runs one shape, and the one that reports it after its kill.</summary>
internal static class ShapeProcess
{
    public const string Command = "shape";
    public const string ReportCommand = "report";
    public const string Alone = "alone";
    public const string Among = "among";

    /// <summary>What the lines begin with that the parent reads.</summary>
    public const string Cause = "CAUSE ";
    public const string Top = "TOP";

    // Shorter than by default, so that the start of the process is over sooner.
    private static readonly TimeSpan SpikeWindow = TimeSpan.FromSeconds(12);

    // The watch looks once a second, so an alert may come that much later than the top.
    private static readonly TimeSpan WatchInterval = TimeSpan.FromSeconds(1.2);
    private static readonly TimeSpan StartUp = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(string number, bool isAmong, string blackBox)
    {
        var shape = AllShapes.List.Single(shape => shape.Number.ToString(CultureInfo.InvariantCulture) == number);
        using var watch = MemoryWatcher.Start(builder => builder
            .Configure(options =>
            {
                options.SpikeWindow = SpikeWindow;
                if (Environment.GetEnvironmentVariable("MemoryWatch__Limit") is { } limit)
                {
                    options.Limit = MemorySize.Parse(limit, CultureInfo.InvariantCulture);
                }
            })
            .AddBlackBox(blackBox)
            .AddObserver(new Printer()));
        if (isAmong)
        {
            Innocents.Start(watch);
        }

        await Task.Delay(StartUp, TimeProvider.System);
        var stage = new Stage(watch);
        var growing = shape.Grow(stage);
        await Task.WhenAny(stage.Top, growing);
        await Task.Delay(WatchInterval, TimeProvider.System);
        Print(Top);
        await growing;
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System);
        return 0;
    }

    public static int Report(string blackBox)
    {
        using var watch = MemoryWatcher.Start(builder => builder.AddBlackBox(blackBox));
        Print(Cause + Text(watch.PreviousRun?.Cause));
        return 0;
    }

    private static string Text(MemoryCause? cause) => cause?.Describe().Replace('\n', ' ').Replace("Likely cause: ", string.Empty, StringComparison.Ordinal) ?? "none";

    private static void Print(string line)
    {
        Console.WriteLine(line);
        Console.Out.Flush();
    }

    private sealed class Printer : IMemoryObserver
    {
        private bool _hasPrinted;

        public void OnAlert(MemoryAlert alert, MemorySnapshot snapshot)
        {
            if (alert is SpikeAlert or ZoneAlert { IsEntered: true } && !_hasPrinted)
            {
                _hasPrinted = true;
                Print(Cause + Text(alert.Cause));
            }
        }
    }
}
