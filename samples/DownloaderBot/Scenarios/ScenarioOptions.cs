using Microsoft.Extensions.Options;

namespace DownloaderBot.Scenarios;

/// <summary>The section <c>Scenario</c>: how much of everything a scenario has. Each scenario brings its own values.</summary>
internal sealed class ScenarioOptions
{
    public const string Section = "Scenario";

    /// <summary>Virtual users.</summary>
    public int Users { get; set; } = 3;

    /// <summary>The size of the posts that they download.</summary>
    public int PostMegabytes { get; set; } = 200;

    /// <summary>What the faulty handler of a scenario takes: at a time, or a minute where it takes a little again and again.</summary>
    public int FaultMegabytes { get; set; } = 30;

    public static ScenarioOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<ScenarioOptions>() ?? new();
        (string Name, int Value, int Least, int Most)[] ranges =
        [
            (nameof(Users), options.Users, 0, 1000),
            (nameof(PostMegabytes), options.PostMegabytes, 1, 1 << 20),
            (nameof(FaultMegabytes), options.FaultMegabytes, 1, 1 << 16),
        ];
        var faults = ranges.Where(r => r.Value < r.Least || r.Value > r.Most)
            .Select(r => $"{Section}:{r.Name} is {r.Value}; it must be from {r.Least} to {r.Most}.").ToList();
        return faults.Count == 0 ? options : throw new OptionsValidationException(Section, typeof(ScenarioOptions), faults);
    }
}
