using System.Net;
using MemoryWatch.AspNetCore.Tests.Support;
using Microsoft.AspNetCore.RateLimiting;

namespace MemoryWatch.AspNetCore.Tests.Headroom;

/// <summary>Memory headroom as a policy of ASP.NET Core's rate limiting, over HTTP.</summary>
public sealed class HeadroomPolicyTests
{
    [Fact]
    public async Task A_request_that_fits_is_served_and_gives_its_memory_back()
    {
        await using var host = await HeadroomHost.StartAsync();
        host.Open();

        using var answer = await host.Client.GetAsync("/work");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        Wait.Until(() => host.Limiter.GetStatistics().OpenLeases == 0, "the lease ends with the request");
        host.Limiter.GetStatistics().TotalSuccessfulLeases.Should().Be(1);
    }

    [Fact]
    public async Task A_request_that_does_not_fit_is_answered_with_503_and_when_to_try_again()
    {
        await using var host = await HeadroomHost.StartAsync();
        host.Watch.Current = HeadroomHost.Used(480);

        using var answer = await host.Client.GetAsync("/work");
        using var other = await host.Client.GetAsync("/free");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter!.Delta.Should().Be(TimeSpan.FromSeconds(5));
        other.StatusCode.Should().Be(HttpStatusCode.OK, "it asked for no memory");
    }

    [Fact]
    public async Task A_request_that_can_never_fit_is_not_told_to_try_again()
    {
        await using var host = await HeadroomHost.StartAsync();

        using var answer = await host.Client.GetAsync("/huge");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().BeNull();
    }

    [Fact]
    public async Task Under_load_as_many_run_as_fit_and_the_others_are_refused()
    {
        await using var host = await HeadroomHost.StartAsync();
        var requests = Enumerable.Range(0, 40).Select(_ => host.Client.GetAsync("/work")).ToList();
        Wait.Until(() => requests.Count(r => r.IsCompleted) == 32, "what does not fit is refused at once");

        host.Running.Should().Be(8);
        host.Open();
        var answers = await Task.WhenAll(requests);

        answers.Count(a => a.StatusCode == HttpStatusCode.OK).Should().Be(8);
        answers.Count(a => a.StatusCode == HttpStatusCode.ServiceUnavailable).Should().Be(32);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task With_a_queue_all_are_served_and_never_more_at_a_time_than_fit()
    {
        await using var host = await HeadroomHost.StartAsync(queue: "2GB");
        var requests = Enumerable.Range(0, 40).Select(_ => host.Client.GetAsync("/work")).ToList();
        Wait.Until(() => host.Limiter.GetStatistics().QueuedRequests == 32, "what does not fit waits");

        host.Running.Should().Be(8);
        host.Open();
        var answers = await Task.WhenAll(requests);

        answers.Should().OnlyContain(a => a.StatusCode == HttpStatusCode.OK);
        host.Most.Should().Be(8);
        Wait.Until(() => host.Limiter.GetStatistics().LeasedBytes == 0, "all is given back");
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task A_client_that_goes_away_leaves_the_queue()
    {
        await using var host = await HeadroomHost.StartAsync(queue: "2GB");
        host.Watch.Current = HeadroomHost.Used(480);
        using var cancellation = new CancellationTokenSource();
        var request = host.Client.GetAsync("/work", cancellation.Token);
        Wait.Until(() => host.Limiter.GetStatistics().QueuedRequests == 1, "it waits");

        await cancellation.CancelAsync();

        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
        Wait.Until(() => host.Limiter.GetStatistics().QueuedRequests == 0, "nobody waits for the answer");
    }

    [Fact]
    public async Task Without_a_size_a_request_takes_what_its_route_usually_needs()
    {
        await using var host = await HeadroomHost.StartAsync();
        host.Watch.TotalsByName =
        [
            new() { Name = "GET /known/{id}", Count = 100, AllocatedP95Bytes = 120 << 20, ChangeMaxBytes = 200 << 20 },
        ];
        var requests = Enumerable.Range(0, 5).Select(i => host.Client.GetAsync($"/known/{i}")).ToList();
        Wait.Until(() => requests.Count(r => r.IsCompleted) == 2, "three times 120 MB fit in 400 MB");

        host.Limiter.GetStatistics().LeasedBytes.Should().Be(360L << 20);
        host.Open();
        await Task.WhenAll(requests);
    }

    [Fact]
    public async Task After_a_stop_all_are_refused()
    {
        await using var host = await HeadroomHost.StartAsync();
        host.Limiter.StopGranting("the service is about to restart");

        using var answer = await host.Client.GetAsync("/work");

        answer.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
        answer.Headers.RetryAfter.Should().NotBeNull();
    }

    [Fact]
    public async Task With_the_watch_disabled_all_are_served()
    {
        await using var host = await HeadroomHost.StartAsync();
        (host.Watch.IsEnabled, host.Watch.Current) = (false, HeadroomHost.Used(511));

        using var answer = await host.Client.GetAsync("/huge");

        answer.StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_a_limiter_the_request_fails()
    {
        await using var host = await HeadroomHost.StartAsync(hasLimiter: false);

        using var answer = await host.Client.GetAsync("/work");

        answer.StatusCode.Should().Be(HttpStatusCode.InternalServerError);
    }

    [Fact]
    public void A_size_is_at_least_one_megabyte() =>
        FluentActions.Invoking(() => new RateLimiterOptions().AddMemoryHeadroom("none", 0)).Should().Throw<ArgumentOutOfRangeException>();
}
