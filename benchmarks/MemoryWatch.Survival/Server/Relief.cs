using MemoryWatch.Survival.Overloads;
using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Survival.Server;

/// <summary>Everything that keeps the server alive: what a user of the library would write. <c>MemoryWatch:Enabled</c> switches all of it off.</summary>
internal static class Relief
{
    /// <summary>What is on, for the output.</summary>
    public const string Options =
        "AddMemoryCacheRelief(), AddRelief(\"Idle sessions\", from: Critical), AddHeadroomLimiter() with a lease for each job, AddDrainedRestart(), AddBlackBox(); "
        + "all settings at their defaults, except Restart:MinimumUptime=0";

    public static void AddWatch(this IServiceCollection services, string blackBox, Overload overload)
    {
        var watch = services.AddMemoryWatch()
            .AddMetric<SessionStore>("Sessions", sessions => sessions.Count)
            .AddMetric<JobQueue>("Queue", queue => queue.Count)
            .AddMemoryCacheRelief()
            .AddRelief<SessionStore>("Idle sessions", from: MemoryZone.Critical, static (sessions, _) => sessions.CloseIdleAsync())
            .AddDrainedRestart()
            .AddBlackBox(blackBox);
        if (overload != AllOverloads.Restarts)
        {
            // A limiter would have refused all work before a restart, and nothing would be in flight.
            watch.AddHeadroomLimiter();
        }

        services.AddHealthChecks().AddMemoryWatch();
    }
}
