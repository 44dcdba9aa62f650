using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace MemoryWatch.Tests.AspNetCore;

/// <summary>Requests as operations, end to end through a server in memory.</summary>
public sealed class RequestTests
{
    [Fact]
    public async Task Each_endpoint_is_charged_with_what_its_requests_allocate()
    {
        const int Requests = 16;
        await using var web = await WebHarness.StartAsync(app =>
        {
            app.MapGet("/users/{id}", async (int id) =>
            {
                Allocate.Megabytes(1);
                await Task.Yield();
                Allocate.Megabytes(1);
                return $"{id}";
            });
            app.MapPost("/export/{format?}", async () =>
            {
                Allocate.Megabytes(2);
                await Task.Run(() => Allocate.Megabytes(3));
                await Parallel.ForAsync(0, 2, (_, _) =>
                {
                    Allocate.Megabytes(1);
                    return ValueTask.CompletedTask;
                });
            });
        });
        await web.Client.GetAsync("/users/0");
        await web.Client.PostAsync("/export/csv", null);

        await Task.WhenAll(Enumerable.Range(1, Requests).SelectMany(i => new Task[]
        {
            web.Client.GetAsync($"/users/{i}"),
            web.Client.PostAsync("/export/csv", null),
        }));

        // The first request of each is compiling, too.
        web.Watch.TotalsByName.Select(t => (t.Name, t.Count)).Should().Equal(("POST /export/{format?}", Requests + 1L), ("GET /users/{id}", Requests + 1L));
        web.Watch.ShouldBeCharged("POST /export/{format?}", 7 * (Requests + 1));
        web.Watch.ShouldBeCharged("GET /users/{id}", 2 * (Requests + 1));
    }

    [Fact]
    public async Task A_request_is_named_by_method_and_route_template_while_it_runs()
    {
        using var inside = new SemaphoreSlim(0);
        using var goOn = new SemaphoreSlim(0);
        await using var web = await WebHarness.StartAsync(app => app.MapGet("/users/{id}", async () =>
        {
            inside.Release();
            await goOn.WaitAsync();
        }));

        var request = web.Client.GetAsync("/users/ann?token=secret");
        (await inside.WaitAsync(Deadline.Backstop)).Should().BeTrue();

        web.Watch.InFlight.Should().ContainSingle().Which.Should()
            .Match<OperationInFlight>(o => o.Name == "GET /users/{id}" && o.Context.Text.Length == 0);
        goOn.Release();
        await request;
        web.Watch.InFlight.Should().BeEmpty();
    }

    [Fact]
    public async Task What_has_no_route_has_one_name_for_each_method()
    {
        await using var web = await WebHarness.StartAsync(app => app.MapGet("/known", () => "ok"));

        (await web.SendAsync("GET", "/wp-login.php")).Should().Be(404);
        (await web.SendAsync("GET", "/.env")).Should().Be(404);
        (await web.SendAsync("PUT", "/unknown")).Should().Be(404);
        (await web.SendAsync("POST", "/known")).Should().Be(405);
        (await web.SendAsync("BREW", "/coffee")).Should().Be(404);
        (await web.SendAsync("WHEN", "/coffee")).Should().Be(404);

        web.Watch.TotalsByName.Select(t => (t.Name, t.Count, t.Failures)).Should().BeEquivalentTo(
            [("GET (no route)", 2L, 0L), ("PUT (no route)", 1, 0), ("POST (no route)", 1, 0), ("_OTHER (no route)", 2, 0)]);
    }

    [Fact]
    public async Task Its_place_is_behind_routing()
    {
        await using var behind = await WebHarness.StartPipelineAsync(app =>
        {
            app.UseRouting();
            app.UseMemoryWatchRequests();
            app.MapGet("/users/{id}", (int id) => $"{id}");
        });
        await using var before = await WebHarness.StartPipelineAsync(app =>
        {
            app.UseMemoryWatchRequests();
            app.UseRouting();
            app.MapGet("/users/{id}", (int id) => $"{id}");
        });

        await behind.Client.GetAsync("/users/5");
        await before.Client.GetAsync("/users/5");

        behind.Watch.TotalsByName.Single().Name.Should().Be("GET /users/{id}");
        before.Watch.TotalsByName.Single().Name.Should().Be("GET (no route)");
    }

    [Fact]
    public async Task A_failure_is_what_leaves_the_endpoint_or_a_status_of_500_and_more()
    {
        var failure = new InvalidDataException("bad");
        await using var web = await WebHarness.StartAsync(
            app =>
            {
                app.MapGet("/throws", IResult () => throw failure);
                app.MapGet("/times-out", IResult () => throw new TaskCanceledException("somebody else's"));
                app.MapGet("/status/{status}", (int status) => Results.StatusCode(status));
            },
            o => o.Verbosity = OperationVerbosity.Normal);

        (await web.Client.Invoking(c => c.GetAsync("/throws")).Should().ThrowAsync<InvalidDataException>()).Which.Should().BeSameAs(failure);
        await web.Client.Invoking(c => c.GetAsync("/times-out")).Should().ThrowAsync<TaskCanceledException>();
        await web.Client.GetAsync("/status/503");
        await web.Client.GetAsync("/status/404");
        await web.Client.GetAsync("/status/200");

        web.Watch.RecentEntries.Where(e => e.Kind == JournalEntryKind.Ended).Select(e => (e.Title, e.Error)).Should().Equal(
            ("GET /throws Failed", "InvalidDataException: bad"),
            ("GET /times-out Failed", "TaskCanceledException"),
            ("GET /status/{status} Failed", "HTTP 503"),
            ("GET /status/{status} Completed", null),
            ("GET /status/{status} Completed", null));
    }

    [Fact]
    public async Task A_client_that_goes_cancels_its_request()
    {
        using var inside = new SemaphoreSlim(0);
        using var goes = new CancellationTokenSource();
        await using var web = await WebHarness.StartAsync(app => app.MapGet("/slow", async (CancellationToken gone) =>
        {
            inside.Release();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, gone);
        }));

        var request = web.Client.GetAsync("/slow", goes.Token);
        (await inside.WaitAsync(Deadline.Backstop)).Should().BeTrue();
        await goes.CancelAsync();

        await FluentActions.Awaiting(() => request).Should().ThrowAsync<OperationCanceledException>();
        Deadline.Until(() => web.Watch.TotalsByName.Any(t => t is { Name: "GET /slow", Cancellations: 1, Failures: 0 }), "it was cancelled");
    }

    [Fact]
    public async Task Requests_are_quiet_but_those_that_allocate_much()
    {
        await using var web = await WebHarness.StartAsync(app =>
        {
            app.MapGet("/users/{id}", (int id) => $"{id}");
            app.MapGet("/export", () => Allocate.Megabytes(11));
        });

        await web.Client.GetAsync("/users/5");
        await web.Client.GetAsync("/export");

        web.Watch.RecentEntries.Select(e => e.Title).Should().Equal("GET /export Completed");
        web.Log.Lines.Where(l => l.Event.Id is LogEvents.OperationStarted or LogEvents.OperationEnded).Select(l => (l.Level, l.Text.Split(" | ")[0]))
            .Should().Equal(
                (LogLevel.Debug, "GET /users/{id} Started"),
                (LogLevel.Debug, "GET /users/{id} Completed"),
                (LogLevel.Debug, "GET /export Started"),
                (LogLevel.Information, "GET /export Completed"));
    }

    [Fact]
    public async Task They_may_be_told_of_as_any_operation_with_a_context()
    {
        await using var web = await WebHarness.StartAsync(
            app => app.MapGet("/users/{id}", (int id) => $"{id}"),
            o => (o.Verbosity, o.Context) = (OperationVerbosity.Normal, c => $"Trace {c.TraceIdentifier.Length > 0}"));

        await web.Client.GetAsync("/users/5");

        web.Watch.RecentEntries.Select(e => $"{e.Title} | {e.Context}").Should()
            .Equal("GET /users/{id} Started | Trace True", "GET /users/{id} Completed | Trace True");
    }

    [Fact]
    public async Task A_filter_leaves_requests_out()
    {
        await using var web = await WebHarness.StartAsync(
            app =>
            {
                app.MapGet("/health", () => "ok");
                app.MapGet("/users/{id}", (int id) => $"{id}");
            },
            o => o.Filter = c => c.Request.Path != "/health");

        await web.Client.GetAsync("/health");
        await web.Client.GetAsync("/users/5");

        web.Watch.TotalsByName.Select(t => t.Name).Should().Equal("GET /users/{id}");
    }

    [Fact]
    public async Task A_function_that_throws_is_reported_once_and_costs_the_request_nothing()
    {
        await using var web = await WebHarness.StartAsync(
            app => app.MapGet("/users/{id}", (int id) => $"{id}"),
            o =>
            {
                o.Filter = c => c.Request.Path == "/users/1" ? throw new InvalidOperationException() : true;
                o.Context = _ => throw new InvalidOperationException();
            });

        (await web.SendAsync("GET", "/users/1")).Should().Be(200);
        (await web.SendAsync("GET", "/users/2")).Should().Be(200);

        web.Watch.TotalsByName.Single().Count.Should().Be(1, "the filter's exception left out the first");
        web.Log.Of(LogEvents.CallbackFault).Single().Text.Should()
            .StartWith("A filter or context function for requests failed (InvalidOperationException)");
    }

    [Fact]
    public async Task Using_it_twice_makes_one_operation_of_a_request()
    {
        await using var web = await WebHarness.StartAsync(app =>
        {
            app.UseMemoryWatchRequests();
            app.UseWhen(_ => true, branch => branch.UseMemoryWatchRequests());
            app.MapGet("/", () => "ok");
        });

        await web.Client.GetAsync("/");

        web.Watch.TotalsByName.Single().Count.Should().Be(1);
    }

    [Fact]
    public void Without_a_watch_it_says_what_is_missing()
    {
        var app = WebApplication.CreateSlimBuilder().Build();

        app.Invoking(a => a.UseMemoryWatchRequests()).Should().Throw<InvalidOperationException>().WithMessage("*AddMemoryWatch()*");
    }

    [Fact]
    public async Task It_is_the_hosts_watch_that_turns_activities_into_operations()
    {
        using var source = new System.Diagnostics.ActivitySource($"Test.{Guid.NewGuid():N}");
        await using var web = await WebHarness.StartAsync(
            app => app.MapGet("/pay", () =>
            {
                using var activity = source.StartActivity("Pay");
                Allocate.Megabytes(2);
            }),
            services: services => services.AddMemoryWatch().TrackActivities(source.Name));

        await web.Client.GetAsync("/pay");

        web.Watch.TotalsByName.Select(t => (t.Name, t.Count)).Should().BeEquivalentTo([("GET /pay", 1L), ("Pay", 1L)]);
        web.Watch.TotalsByName.Should().OnlyContain(t => t.AllocatedTotalBytes >= Bytes.Megabytes(2));
    }
}
