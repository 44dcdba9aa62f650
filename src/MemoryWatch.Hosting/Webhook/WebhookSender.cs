using System.Net;
using System.Text;
using MemoryWatch.Tell;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Hosting.Webhook;

/// <summary>Posts the messages that wait, one at a time. Whatever the server does, nothing but this loop waits for it.</summary>
internal sealed class WebhookSender(WebhookObserver observer, ILogger logger, TimeProvider time) : IHostedService, IDisposable
{
    private const int MostAttempts = 3;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    // For the messages that still wait when the host stops, each of which may be about why it stops.
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _giveUp = new();
    private Task _sending = Task.CompletedTask;
    private int _dropped;
    private bool _isFailing;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _sending = Task.Run(SendAllAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        observer.Complete();
        _giveUp.CancelAfter(Farewell);
        await _sending.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public void Dispose() => _giveUp.Dispose();

    // The loop ends with the queue, so that what was queued before the stop is sent.
    private async Task SendAllAsync()
    {
        if (!observer.IsOn)
        {
            return;
        }

        using var client = CreateClient();
        try
        {
            await foreach (var message in observer.Waiting.ReadAllAsync(_giveUp.Token).ConfigureAwait(false))
            {
                Conclude(await SendAsync(client, message).ConfigureAwait(false));
            }
        }
        catch (OperationCanceledException)
        {
            // The host has waited long enough.
        }
    }

    private string Host => new Uri(observer.Options.Url!).Host;

    /// <summary>
    /// A client without what could write the address somewhere: no logging of requests, no activities. It follows no redirect, keeps no connection for
    /// long, and reads nothing of an answer but its head.
    /// </summary>
    private static HttpClient CreateClient() => new(new SocketsHttpHandler
    {
        ActivityHeadersPropagator = null,
        AllowAutoRedirect = false,
        UseCookies = false,
        MaxConnectionsPerServer = 1,
        PooledConnectionIdleTimeout = TimeSpan.FromSeconds(10),
        MaxResponseHeadersLength = 16,
    })
    { Timeout = Timeout.InfiniteTimeSpan };

    /// <returns>Why the message was not taken; <see langword="null"/> if it was.</returns>
    private async Task<string?> SendAsync(HttpClient client, WebhookMessage message)
    {
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            var (problem, retryAfter) = await PostAsync(client, message).ConfigureAwait(false);
            if (problem is null || retryAfter is null || attempt == MostAttempts)
            {
                return problem;
            }

            var wait = retryAfter > pause ? retryAfter.Value : pause;
            await Task.Delay(wait < LongestPause ? wait : LongestPause, time, _giveUp.Token).ConfigureAwait(false);
            pause *= 2;
        }
    }

    /// <returns>Why the message was not taken, and after how long another attempt may help; no time if none can.</returns>
    private async Task<(string? Problem, TimeSpan? RetryAfter)> PostAsync(HttpClient client, WebhookMessage message)
    {
        using var limit = new CancellationTokenSource(observer.Options.Timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, _giveUp.Token);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, observer.Options.Url)
            {
                Content = new StringContent(message.Body(observer.Options.Template), Encoding.UTF8, "application/json"),
            };
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, either.Token).ConfigureAwait(false);
            return answer.IsSuccessStatusCode ? default : (WebhookLog.Answered((int)answer.StatusCode), RetryAfter(answer));
        }
        catch (OperationCanceledException) when (!_giveUp.IsCancellationRequested)
        {
            return (WebhookLog.NoAnswer(observer.Options.Timeout), TimeSpan.Zero);
        }
        catch (HttpRequestException exception)
        {
            return (exception.HttpRequestError.ToString(), TimeSpan.Zero);
        }
    }

    private TimeSpan? RetryAfter(HttpResponseMessage answer) => answer.StatusCode switch
    {
        HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests or >= HttpStatusCode.InternalServerError =>
            answer.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - time.GetUtcNow() ?? TimeSpan.Zero : TimeSpan.Zero,
        _ => null,
    };

    private void Conclude(string? problem)
    {
        _dropped += observer.TakeLost();
        if (problem is not null)
        {
            _dropped++;
            if (!_isFailing)
            {
                WebhookLog.Failed(logger, Host, problem);
            }

            _isFailing = true;
        }
        else if (_isFailing || _dropped > 0)
        {
            WebhookLog.Recovered(logger, Host, _dropped);
            (_isFailing, _dropped) = (false, 0);
        }
    }
}
