using Microsoft.Extensions.DependencyInjection;

namespace MemoryWatch.Tests.Hosting;

/// <summary>Relief steps that call a service of the host.</summary>
public sealed class ServiceReliefTests
{
    private readonly ServiceCollection _services = [];

    [Fact]
    public async Task A_singleton_is_called_each_time()
    {
        _services.AddSingleton<Sessions>();
        var builder = _services.AddMemoryWatch().AddRelief<Sessions>("Idle sessions", from: MemoryZone.Critical, (sessions, _) => sessions.DropAsync());
        using var provider = _services.BuildServiceProvider();
        var step = builder.Build(provider).Reliefs.Single();

        await step.RelieveAsync(MemoryZone.Critical, CancellationToken.None);
        await step.RelieveAsync(MemoryZone.Critical, CancellationToken.None);

        provider.GetRequiredService<Sessions>().Drops.Should().Be(2);
        (step.Name, step.StartsAt, step.Stage, step.Cooldown, step.TimeLimit).Should().Be(
            ("Idle sessions", MemoryZone.Critical, ReliefStage.Application, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(ServiceLifetime.Scoped)]
    [InlineData(ServiceLifetime.Transient)]
    public async Task For_another_service_each_call_has_a_scope_that_ends_with_it(ServiceLifetime lifetime)
    {
        var seen = new List<Sessions>();
        ((IServiceCollection)_services).Add(new(typeof(Sessions), typeof(Sessions), lifetime));
        var builder = _services.AddMemoryWatch().AddRelief<Sessions>("Idle sessions", MemoryZone.Critical, async (sessions, _) =>
        {
            await sessions.DropAsync();
            sessions.IsDisposed.Should().BeFalse();
            seen.Add(sessions);
        });
        using var provider = _services.BuildServiceProvider(validateScopes: true);
        var step = builder.Build(provider).Reliefs.Single();

        await step.RelieveAsync(CancellationToken.None);
        await step.RelieveAsync(CancellationToken.None);

        seen.Should().HaveCount(2).And.OnlyHaveUniqueItems().And.OnlyContain(sessions => sessions.IsDisposed);
    }

    [Fact]
    public void A_service_that_is_not_registered_fails_the_start()
    {
        var builder = _services.AddMemoryWatch().AddRelief<Sessions>("Idle sessions", MemoryZone.Critical, (sessions, _) => sessions.DropAsync());
        using var provider = _services.BuildServiceProvider();

        builder.Invoking(b => b.Build(provider)).Should().Throw<InvalidOperationException>()
            .WithMessage("Relief 'Idle sessions' of the memory watch needs the service *Sessions, which is not registered. *");
    }

    [Fact]
    public void Its_place_and_times_can_be_chosen_and_must_make_sense()
    {
        _services.AddSingleton<Sessions>();
        var builder = _services.AddMemoryWatch();
        builder.AddRelief<Sessions>(
            "Thumbnails", MemoryZone.Healthy, (sessions, _) => sessions.DropAsync(), ReliefStage.Cache, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2));
        using var provider = _services.BuildServiceProvider();

        var step = builder.Build(provider).Reliefs.Single();
        (step.Stage, step.Cooldown, step.TimeLimit).Should().Be((ReliefStage.Cache, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(2)));
        builder.Invoking(b => b.AddRelief<Sessions>(" ", MemoryZone.Healthy, (s, _) => s.DropAsync())).Should().Throw<ArgumentException>();
        builder.Invoking(b => b.AddRelief<Sessions>("A", MemoryZone.Healthy, (s, _) => s.DropAsync(), cooldown: TimeSpan.FromSeconds(-1)))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("cooldown");
        builder.Invoking(b => b.AddRelief<Sessions>("A", MemoryZone.Healthy, (s, _) => s.DropAsync(), timeLimit: TimeSpan.Zero))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("timeLimit");
    }

    private sealed class Sessions : IDisposable
    {
        public int Drops { get; private set; }

        public bool IsDisposed { get; private set; }

        public Task DropAsync()
        {
            Drops++;
            return Task.CompletedTask;
        }

        public void Dispose() => IsDisposed = true;
    }
}
