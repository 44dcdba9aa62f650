using DownloaderBot.Users;
using MemoryWatch;

namespace DownloaderBot;

/// <summary>The section <c>Bot</c>. The defaults of omitted settings depend on the plan: small on Render, larger elsewhere.</summary>
internal sealed class BotOptions
{
    public const string Section = "Bot";

    /// <summary>Maximum number of sessions connected at a time; 3 when constrained, otherwise 5.</summary>
    public int? MaxSessions { get; set; }

    /// <summary>
    /// Whether the bot acts when memory runs short: idle sessions are disconnected, downloads wait for memory, new work is refused, and last it
    /// restarts in order.
    /// </summary>
    public bool StayAlive { get; set; } = true;

    /// <summary>Maximum number of downloads running at a time; 3 when constrained, otherwise 5.</summary>
    public int? MaxConcurrent { get; set; }

    /// <summary>Maximum number of waiting downloads.</summary>
    public int MaxQueue { get; set; } = 20;

    /// <summary>Maximum number of posts in one /bdl, from 1 to 100.</summary>
    public int MaxBatch { get; set; } = 10;

    /// <summary>
    /// Longest wait that a download keeps when Telegram asks for one: in all, since its last byte. From zero to one hour; 0 ends the download
    /// at once.
    /// </summary>
    public TimeSpan MaxFloodWait { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How long a download without a connection tries to continue. From zero to one hour; 0 ends it at once.</summary>
    public TimeSpan OutagePatience { get; set; } = TimeSpan.FromMinutes(2);

    /// <summary>Maximum number of user records kept in memory; 50 when constrained, otherwise 500.</summary>
    public int? CachedUsers { get; set; }

    /// <summary>Folder for files in transit, below the content root unless it is a full path.</summary>
    public string AssetsFolder { get; set; } = "Assets";

    /// <summary>Maximum total size of the files there at a time.</summary>
    public string AssetsQuota { get; set; } = "2GB";

    /// <summary>Folder of the database, below the content root unless it is a full path. It must be on a persistent disk.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// User numbers, separated by commas so that they fit in one environment variable. These users may use the admin commands and receive alerts.
    /// Empty by default.
    /// </summary>
    public string? AdminIds { get; set; } = string.Empty;

    /// <summary>Minimum time between two alerts of one kind to the admins; the alerts in between are counted. At most one day.</summary>
    public TimeSpan AlertInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>Size of the part of the log that /logs sends, from 1 KB to 10 MB.</summary>
    public string LogTail { get; set; } = "64KB";

    /// <summary>Maximum number of logins waiting for a code or a password at a time; each holds a connection. From 1 to 100.</summary>
    public int MaxPendingLogins { get; set; } = 10;

    /// <summary>How long a login waits for its user, from 10 seconds to one hour.</summary>
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How many wrong codes, and then wrong passwords, end the login. From 1 to 10.</summary>
    public int LoginAttempts { get; set; } = 3;

    /// <summary>Maximum number of logins that one user may start per hour; each sends a code. From 1 to 1000.</summary>
    public int LoginsPerHour { get; set; } = 5;

    /// <summary>
    /// Maximum number of failed commands in a row from one user, unknown commands included, before the bot stops replying. From 1 to 100.
    /// </summary>
    public int FailureBurst { get; set; } = 10;

    /// <summary>Time until one more command may fail after that, from one second to one hour.</summary>
    public TimeSpan FailureInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>The parsed <see cref="AdminIds"/>.</summary>
    public IReadOnlySet<long> Admins { get; private set; } = new HashSet<long>();

    /// <summary>The parsed <see cref="LogTail"/>, in bytes.</summary>
    public long LogTailBytes => MemorySize.Parse(LogTail).Bytes;

    public bool IsAdmin(long userId) => Admins.Contains(userId);

    /// <summary>Binds the section, fills in defaults and checks it; throws with one sentence per fault.</summary>
    public static BotOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<BotOptions>() ?? new();
        var constrained = configuration.HostVariable() is not null;
        options.MaxSessions ??= constrained ? 3 : 5;
        options.MaxConcurrent ??= constrained ? 3 : 5;
        options.CachedUsers ??= constrained ? 50 : 500;
        var rules = new SettingRules(Section);
        rules.Range(nameof(MaxSessions), options.MaxSessions.Value, 1, 100);
        rules.Range(nameof(MaxConcurrent), options.MaxConcurrent.Value, 1, 100);
        rules.Range(nameof(MaxQueue), options.MaxQueue, 0, 10_000);
        rules.Range(nameof(MaxBatch), options.MaxBatch, 1, 100);
        rules.Range(nameof(MaxFloodWait), options.MaxFloodWait, TimeSpan.Zero, TimeSpan.FromHours(1));
        rules.Range(nameof(OutagePatience), options.OutagePatience, TimeSpan.Zero, TimeSpan.FromHours(1));
        rules.Range(nameof(CachedUsers), options.CachedUsers.Value, 1, 100_000);
        rules.Folder(nameof(AssetsFolder), options.AssetsFolder);
        rules.Size(nameof(AssetsQuota), options.AssetsQuota, "a size such as \"2GB\"");
        rules.Folder(nameof(DataFolder), options.DataFolder);
        foreach (var id in options.SplitAdminIds().Where(id => UserId.Parse(id) is null))
        {
            rules.Add($"{nameof(AdminIds)} has '{id}'; it must be user numbers separated by commas, such as \"12345,67890\".");
        }

        rules.Range(nameof(AlertInterval), options.AlertInterval, TimeSpan.Zero, TimeSpan.FromDays(1));
        rules.Size(nameof(LogTail), options.LogTail, "a size from \"1KB\" to \"10MB\"", 1 << 10, 10 << 20);
        rules.Range(nameof(MaxPendingLogins), options.MaxPendingLogins, 1, 100);
        rules.Range(nameof(LoginTimeout), options.LoginTimeout, TimeSpan.FromSeconds(10), TimeSpan.FromHours(1));
        rules.Range(nameof(LoginAttempts), options.LoginAttempts, 1, 10);
        rules.Range(nameof(LoginsPerHour), options.LoginsPerHour, 1, 1000);
        rules.Range(nameof(FailureBurst), options.FailureBurst, 1, 100);
        rules.Range(nameof(FailureInterval), options.FailureInterval, TimeSpan.FromSeconds(1), TimeSpan.FromHours(1));
        rules.Check(options);
        options.Admins = options.SplitAdminIds().Select(id => UserId.Parse(id)!.Value).ToHashSet();
        return options;
    }

    /// <summary>Full path of the database's folder.</summary>
    public string DataPath(IHostEnvironment environment) => Path.GetFullPath(DataFolder, environment.ContentRootPath);

    /// <summary>Full path of the folder for files in transit.</summary>
    public string AssetsPath(IHostEnvironment environment) => Path.GetFullPath(AssetsFolder, environment.ContentRootPath);

    public string[] SplitAdminIds() =>
        (AdminIds ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
