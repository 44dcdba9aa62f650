using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Survival.Server;

/// <summary>Everything that keeps the server alive: what a user of the library would write. <c>MemoryWatch:Enabled</c> switches all of it off.</summary>
internal static class Relief
{
    /// <summary>Halfway between critical and imminent.</summary>
    private static readonly MemoryThreshold Ceiling = MemoryThreshold.Relative(475.0 / 512);

    public static void AddWatch(this IServiceCollection services, string blackBox)
    {
        services.AddMemoryWatch(options => options.Headroom.Ceiling = Ceiling)
            .AddMetric<SessionStore>("Sessions", sessions => sessions.Count)
            .AddMetric<JobQueue>("Queue", queue => queue.Count)
            .AddMemoryCacheRelief()
            .AddRelief<SessionStore>("Idle sessions", from: MemoryZone.Critical, static (sessions, _) => sessions.CloseIdleAsync())
            .AddHeadroomLimiter()
            .AddDrainedRestart()
            .AddBlackBox(blackBox);
        services.AddHealthChecks().AddMemoryWatch();
    }
}
