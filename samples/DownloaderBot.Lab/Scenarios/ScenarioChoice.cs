using System.Globalization;
using MemoryWatch;
using Microsoft.Extensions.Options;

namespace DownloaderBot.Scenarios;

/// <summary>The choice on the command line: <c>--scenario NAME --minutes N --json FILE</c>.</summary>
internal sealed record ScenarioChoice(Scenario Scenario, double Minutes, string? JsonFile)
{
    private const double MostMinutes = 24 * 60;

    private static readonly Scenario[] All =
    [
        new HealthyScenario(), new TooManySessionsScenario(), new NotFreedAfterDownloadScenario(), new QueueBuildUpScenario(),
        new LeakScenario(), new SpikeScenario(), new LoadScenario(),
    ];

    /// <summary>Returns the choice, <see langword="null"/> if there is none; throws with one sentence if it is not valid.</summary>
    public static ScenarioChoice? Read(string[] args)
    {
        // Reads the command line only, because variables named `minutes` or `json` may have another purpose.
        var asked = new ConfigurationBuilder().AddCommandLine(args).Build();
        var isAsked = args.Any(a => a == "--scenario" || a.StartsWith("--scenario=", StringComparison.Ordinal));
        return isAsked ? new(Find(asked["scenario"]), ReadMinutes(asked["minutes"]), asked["json"]) : null;
    }

    public void AddSettings(ConfigurationManager configuration)
    {
        if (PlatformChoice.BarToLocalChat(configuration) is { } variable)
        {
            throw Fault($"Scenarios need the local chat, which is off because {variable} is set: unset it.");
        }

        // A free port, so that a scenario can run next to a bot.
        configuration.AddBelowEnvironment([.. Scenario.Settings, new("urls", "http://127.0.0.1:0")]);
    }

    public void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton(this);
        services.AddSingleton(ScenarioOptions.Read(configuration));
        services.AddSingleton<Crowd>();
        services.AddSingleton<ScenarioFloor>();
        services.AddSingleton<ScenarioRunner>();
        services.AddHostedService(provider => provider.GetRequiredService<ScenarioRunner>());
        services.AddSingleton(provider => new Lazy<IMemoryWatch>(provider.GetRequiredService<IMemoryWatch>));
        services.AddMemoryWatch().AddObserver<ScenarioRecorder>();
        Scenario.AddTo(services);
    }

    private static Scenario Find(string? name) =>
        All.FirstOrDefault(s => s.Name == name)
        ?? throw Fault($"There is no scenario '{name}'; it must be one of {string.Join(", ", All.Select(s => s.Name))}.");

    private static double ReadMinutes(string? text) =>
        text is null ? 1
        : double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var minutes)
            && minutes is > 0 and <= MostMinutes
            ? minutes
            : throw Fault($"--minutes is '{text}'; it must be a number above 0, at most {MostMinutes}, such as 0.5.");

    private static OptionsValidationException Fault(string sentence) =>
        new("Scenario", typeof(ScenarioChoice), [sentence]);
}
