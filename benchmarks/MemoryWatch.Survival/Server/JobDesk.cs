using System.Globalization;
using System.Threading.RateLimiting;
using MemoryWatch.Survival.Overloads;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace MemoryWatch.Survival.Server;

/// <summary>Accepts jobs; with a limiter, as long as there is memory for them.</summary>
internal sealed class JobDesk(JobQueue queue, IMemoryWatch watch, Overload overload, MemoryHeadroomLimiter? limiter = null)
{
    private const string Operation = "Job";

    public IResult Accept(int id, int user, HttpResponse response)
    {
        var lease = limiter?.AttemptAcquireFor(Operation);
        if (lease?.IsAcquired == false || watch.Draining.IsCancellationRequested)
        {
            return Refuse(lease, response);
        }

        var scope = watch.Track(Operation, $"Job {id} | User {user}");
        try
        {
            // The watch sees what the flow allocates on the managed heap. What it takes from the C library it has to say.
            scope.Charge(overload.Payload.Native + overload.Working.Native);
            var job = new AcceptedJob(id, user, scope, lease, Block.Take(overload.Payload, int.MaxValue));
            if (queue.TryAdd(job))
            {
                return Results.Accepted();
            }

            job.Dispose();
            return Refuse(lease, response);
        }
        catch
        {
            scope.Dispose();
            lease?.Dispose();
            throw;
        }
    }

    private static IResult Refuse(RateLimitLease? lease, HttpResponse response)
    {
        if (lease is not null && lease.TryGetMetadata(MetadataName.RetryAfter, out var pause))
        {
            response.Headers[HeaderNames.RetryAfter] = Math.Ceiling(pause.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        }

        lease?.Dispose();
        return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
    }
}
