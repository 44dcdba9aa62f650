using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MemoryWatch.Survival.Overloads;

namespace MemoryWatch.Survival.Client;

/// <summary>Offers each job of the list at its time, and again for as long as the server refuses it or is not there.</summary>
internal sealed class JobClient : IDisposable
{
    private static readonly TimeSpan Again = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http;
    private volatile string _socket = string.Empty;

    public JobClient() => _http = new(new SocketsHttpHandler { ConnectCallback = (_, cancel) => ConnectAsync(cancel) })
    {
        BaseAddress = new("http://server/"),
    };

    /// <summary>How often a job was refused.</summary>
    public int Refusals => _refusals;

    private int _refusals;

    /// <summary>Where the server listens now.</summary>
    public void Use(string socket) => _socket = socket;

    public Task OfferAllAsync(IReadOnlyList<Job> jobs, Tally tally, CancellationToken cancel)
    {
        var clock = Stopwatch.StartNew();
        return Task.WhenAll(jobs.Select(job => OfferAsync(job, clock, tally, cancel)));
    }

    public void Dispose() => _http.Dispose();

    private async Task OfferAsync(Job job, Stopwatch clock, Tally tally, CancellationToken cancel)
    {
        try
        {
            await Task.Delay(job.At, TimeProvider.System, cancel);
            while (await TryOfferAsync(job, cancel) is { } pause)
            {
                await Task.Delay(pause, TimeProvider.System, cancel);
            }

            tally.Accept(job.Id, clock.Elapsed);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <summary>Offers a job once; returns when to try again, or <see langword="null"/> if it was accepted.</summary>
    private async Task<TimeSpan?> TryOfferAsync(Job job, CancellationToken cancel)
    {
        try
        {
            using var answer = await _http.PostAsync(new Uri($"jobs/{job.Id}/{job.User}", UriKind.Relative), null, cancel);
            if (answer.StatusCode == HttpStatusCode.Accepted)
            {
                return null;
            }

            Interlocked.Increment(ref _refusals);
            return answer.Headers.RetryAfter?.Delta ?? Again;
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !cancel.IsCancellationRequested)
        {
            // Ended, or starting: the job was not accepted as far as its sender knows.
            return Again;
        }
    }

    private async ValueTask<Stream> ConnectAsync(CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(_socket), cancel);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
