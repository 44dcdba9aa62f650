namespace MemoryWatch.Testing.Tests.Measuring;

public sealed class CollectedTests
{
    private event EventHandler? Changed;

    [Fact]
    public void An_object_that_nobody_holds_is_collected() => MemoryAssert.Collected(() => new Session());

    [Fact]
    public void An_object_that_an_event_holds_is_named_by_its_type()
    {
        var act = () => MemoryAssert.Collected(() =>
        {
            var session = new Session();
            Changed += session.OnChanged;
            return session;
        });

        act.Should().Throw<MemoryAssertionException>().Which.Message.ReplaceLineEndings("\n").Should().Be(
            """
            1 of 1 object is alive after 10 full garbage collections. Something still refers to:
            - the result (MemoryWatch.Testing.Tests.Measuring.CollectedTests+Session)
            """);
        Changed!.Invoke(this, EventArgs.Empty);
    }

    [Fact]
    public void Of_several_objects_those_alive_are_named_as_they_were_passed()
    {
        List<object> leak = [];

        var act = () => MemoryAssert.Collected(expected =>
        {
            var session = new Session();
            var buffer = new byte[100];
            expected.Add(session);
            expected.Add(buffer);
            expected.Add(new Session(), "the other session");
            leak.Add(buffer);
        });

        act.Should().Throw<MemoryAssertionException>().WithMessage("1 of 3 objects is alive*- buffer (System.Byte[])");
        leak.Should().HaveCount(1);
    }

    [Fact]
    public void Objects_that_refer_to_each_other_are_collected() => MemoryAssert.Collected(expected =>
    {
        var first = new Session();
        var second = new Session { Other = first };
        first.Other = second;
        expected.Add(first);
        expected.Add(second);
    });

    [Fact]
    public async Task Objects_of_an_asynchronous_function_are_collected_after_its_end()
    {
        using var load = new Load(threads: 2);

        for (var i = 0; i < 10; i++)
        {
            await MemoryAssert.CollectedAsync(async expected =>
            {
                var session = new Session();
                expected.Add(session);
                await Task.Yield();
                session.Other = new();
                expected.Add(session.Other);
                await Task.Yield();
            });
        }
    }

    [Fact]
    public async Task Objects_that_an_asynchronous_function_leaves_behind_are_named()
    {
        var leak = new TaskCompletionSource<Session>();

        var act = () => MemoryAssert.CollectedAsync(async expected =>
        {
            var session = new Session();
            await Task.Yield();
            leak.SetResult(session);
            expected.Add(session);
        });

        await act.Should().ThrowAsync<MemoryAssertionException>().WithMessage("*- session (*");
        (await leak.Task).Should().NotBeNull();
    }

    [Fact]
    public void A_function_that_expects_nothing_checks_nothing_and_is_refused() =>
        FluentActions.Invoking(() => MemoryAssert.Collected(_ => { })).Should().Throw<ArgumentException>().WithMessage("The function added no object*");

    private sealed class Session
    {
        public Session? Other { get; set; }

        public void OnChanged(object? sender, EventArgs e) => Other = null;
    }
}
