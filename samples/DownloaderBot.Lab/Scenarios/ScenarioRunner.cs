namespace DownloaderBot.Scenarios;

/// <summary>Runs the chosen scenario, logs what the watch reported, and stops the bot.</summary>
internal sealed class ScenarioRunner(
    ScenarioChoice choice,
    Crowd crowd,
    ScenarioFloor floor,
    ScenarioRecorder recorder,
    TimeProvider time,
    IHostApplicationLifetime lifetime,
    ILoggerFactory loggers) : BackgroundService
{
    /// <summary>Time limit for the warm-up, for downloads that end after their time, and for the cleanup at the end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    private readonly ILogger _log = loggers.CreateLogger("Scenario");

    /// <summary>The exit code; 1 if the scenario could not be carried out.</summary>
    public int ExitCode { get; private set; } = 1;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        using var timeout = new CancellationTokenSource(crowd.Length + Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken, timeout.Token);
        try
        {
            await started.Task.WaitAsync(stoppingToken);
            await RunAsync(either.Token);
            ExitCode = 0;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The user stopped the program.
        }
        catch (OperationCanceledException)
        {
            _log.Scenario("stopped early: a reply did not come. With other settings than its own it may not fit");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            _log.Scenario($"the summary could not be written: {exception.Message}");
        }
        finally
        {
            lifetime.StopApplication();
        }
    }

    private async Task RunAsync(CancellationToken cancel)
    {
        var scenario = choice.Scenario;
        _log.Scenario($"{scenario.Name}, {crowd.Length.TotalMinutes:0.##} min: {scenario.Shows}");
        await scenario.WarmUpAsync(crowd, cancel);
        await crowd.GoHomeAsync(cancel);
        floor.Take(ScenarioRecorder.First);
        await recorder.Started.WaitAsync(cancel);
        crowd.StartClock();
        await scenario.RunAsync(crowd, cancel);
        await crowd.GoHomeAsync(cancel);
        floor.Take(ScenarioRecorder.Last);
        await recorder.Finished.WaitAsync(cancel);

        var summary = new ScenarioSummary(choice, recorder.Figures, floor.CountLeftovers());
        _log.Scenario(summary.ToString());
        if (choice.JsonFile is { } file)
        {
            await File.WriteAllTextAsync(file, summary.ToJson(), cancel);
        }
    }
}
