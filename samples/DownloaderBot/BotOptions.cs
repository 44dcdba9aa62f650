using DownloaderBot.Users;
using MemoryWatch;
using Microsoft.Extensions.Options;

namespace DownloaderBot;

/// <summary>The section <c>Bot</c>. What is left out depends on the plan: small on Render, larger elsewhere.</summary>
internal sealed class BotOptions
{
    public const string Section = "Bot";

    /// <summary>Sessions connected at a time; 3 when constrained, else 5.</summary>
    public int? MaxSessions { get; set; }

    /// <summary>Downloads running at a time; 3 when constrained, else 5.</summary>
    public int? MaxConcurrent { get; set; }

    /// <summary>Downloads waiting.</summary>
    public int MaxQueue { get; set; } = 20;

    /// <summary>Posts in one /bdl, from 1 to 100.</summary>
    public int MaxBatch { get; set; } = 10;

    /// <summary>User records kept in memory; 50 when constrained, else 500.</summary>
    public int? CachedUsers { get; set; }

    /// <summary>Where files pass through, below the content root unless it is a full path.</summary>
    public string AssetsFolder { get; set; } = "Assets";

    /// <summary>The most that files may take there at a time.</summary>
    public string AssetsQuota { get; set; } = "2GB";

    /// <summary>Where the database is, below the content root unless it is a full path. On a disk that stays.</summary>
    public string DataFolder { get; set; } = "data";

    /// <summary>
    /// Who may use the admin commands and is told of alerts: user numbers separated by commas, so that they fit in one
    /// environment variable. Nobody by default.
    /// </summary>
    public string? AdminIds { get; set; } = string.Empty;

    /// <summary>Alerts of one kind reach the admins at most this often; what comes between is counted. Up to a day.</summary>
    public TimeSpan AlertInterval { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How much of the log /logs sends, from 1 KB to 10 MB.</summary>
    public string LogTail { get; set; } = "64KB";

    /// <summary>Logins waiting for a code or a password at a time; each holds a connection. From 1 to 100.</summary>
    public int MaxPendingLogins { get; set; } = 10;

    /// <summary>How long a login waits for its user, from 10 seconds to an hour.</summary>
    public TimeSpan LoginTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often a code, and then a password, may be wrong before the login ends. From 1 to 10.</summary>
    public int LoginAttempts { get; set; } = 3;

    /// <summary>Logins that one user may start per hour; each sends a code. From 1 to 1000.</summary>
    public int LoginsPerHour { get; set; } = 5;

    /// <summary>Commands of one user that may fail in a row, unknown ones included, before the bot falls silent. From 1 to 100.</summary>
    public int FailureBurst { get; set; } = 10;

    /// <summary>How long until one more may fail after that, from a second to an hour.</summary>
    public TimeSpan FailureInterval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary><see cref="AdminIds"/>, read.</summary>
    public IReadOnlySet<long> Admins { get; private set; } = new HashSet<long>();

    /// <summary><see cref="LogTail"/>, read.</summary>
    public long LogTailBytes => MemorySize.Parse(LogTail).Bytes;

    public bool IsAdmin(long userId) => Admins.Contains(userId);

    /// <summary>Binds, fills in and checks the section; throws with one sentence per fault.</summary>
    public static BotOptions Read(IConfiguration configuration)
    {
        var options = configuration.GetSection(Section).Get<BotOptions>() ?? new();
        var constrained = DeployedHost.VariableIn(configuration) is not null;
        options.MaxSessions ??= constrained ? 3 : 5;
        options.MaxConcurrent ??= constrained ? 3 : 5;
        options.CachedUsers ??= constrained ? 50 : 500;
        var faults = BotOptionsRules.FaultsOf(options).ToList();
        if (faults.Count > 0)
        {
            throw new OptionsValidationException(Section, typeof(BotOptions), faults);
        }

        options.Admins = options.SplitAdminIds().Select(id => UserId.Parse(id)!.Value).ToHashSet();
        return options;
    }

    /// <summary>The database's folder as a full path.</summary>
    public string DataPath(IHostEnvironment environment) => Path.GetFullPath(DataFolder, environment.ContentRootPath);

    /// <summary>As <see cref="DataPath"/>, of the files that pass through.</summary>
    public string AssetsPath(IHostEnvironment environment) => Path.GetFullPath(AssetsFolder, environment.ContentRootPath);

    public string[] SplitAdminIds() =>
        (AdminIds ?? string.Empty).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
}
