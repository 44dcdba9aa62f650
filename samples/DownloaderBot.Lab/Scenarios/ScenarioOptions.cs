namespace DownloaderBot.Scenarios;

/// <summary>The section <c>Scenario</c>: the sizes of a scenario. Each scenario sets its values.</summary>
internal sealed class ScenarioOptions
{
    public const string Section = "Scenario";

    /// <summary>Number of virtual users.</summary>
    public int Users { get; set; } = 3;

    /// <summary>Size of the posts that they download, in MB.</summary>
    public int PostMegabytes { get; set; } = 200;

    /// <summary>
    /// Memory that the faulty handler of a scenario allocates, in MB: at a time, or per minute if it repeatedly allocates a little.
    /// </summary>
    public int FaultMegabytes { get; set; } = 30;

    public static ScenarioOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<ScenarioOptions>() ?? new();
        var rules = new SettingRules(Section);
        rules.Range(nameof(Users), options.Users, 0, 1000);
        rules.Range(nameof(PostMegabytes), options.PostMegabytes, 1, 1 << 20);
        rules.Range(nameof(FaultMegabytes), options.FaultMegabytes, 1, 1 << 16);
        return rules.Check(options);
    }
}
