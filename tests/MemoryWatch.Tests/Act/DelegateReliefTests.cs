using MemoryWatch.Act;
using MemoryWatch.Tell;
using MemoryWatch.Tests.Support;

namespace MemoryWatch.Tests.Act;

/// <summary>Functions as relief steps, without a host.</summary>
public sealed class DelegateReliefTests
{
    [Fact]
    public void A_function_is_called_from_its_zone()
    {
        var calls = 0;
        using var watch = new WatchHarness(
            o => o.EnableCollectionWhenHigh = false,
            b => b.AddRelief("Thumbnails", MemoryZone.Critical, _ => { Interlocked.Increment(ref calls); return Task.CompletedTask; }));

        watch.Tick(440);
        watch.Tick();
        calls.Should().Be(0);

        watch.Tick(460);
        watch.TickUntil(() => watch.Log.Of(LogEvents.Relief).Any());
        calls.Should().Be(1);
    }

    [Fact]
    public void Its_plan_is_the_usual_one_unless_it_is_set()
    {
        static Task Nothing(CancellationToken token) => Task.CompletedTask;
        var usual = new DelegateRelief("A", MemoryZone.Elevated, Nothing, ReliefStage.Application, null, null);
        (usual.Cooldown, usual.TimeLimit).Should().Be((TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(10)));

        var own = new DelegateRelief("A", MemoryZone.Elevated, Nothing, ReliefStage.Cache, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        (own.Stage, own.Cooldown, own.TimeLimit).Should().Be((ReliefStage.Cache, TimeSpan.Zero, TimeSpan.FromSeconds(1)));

        FluentActions.Invoking(() => new DelegateRelief("", MemoryZone.Elevated, Nothing, default, null, null)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => new DelegateRelief("A", MemoryZone.Elevated, Nothing, default, TimeSpan.FromTicks(-1), null))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("cooldown");
        FluentActions.Invoking(() => new DelegateRelief("A", MemoryZone.Elevated, Nothing, default, null, TimeSpan.Zero))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("timeLimit");
    }

    [Fact]
    public void A_factory_may_return_no_step()
    {
        var step = new FakeStep("Step");
        using var watch = new WatchHarness(o => o.EnableCollectionWhenHigh = false, b => b.AddRelief(static _ => null).AddRelief(_ => step));

        watch.Tick(440);
        watch.TickUntil(() => step.Calls == 1);
    }
}
