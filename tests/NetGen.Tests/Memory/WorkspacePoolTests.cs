namespace NetGen.Tests;

public sealed class WorkspacePoolTests
{
    private sealed class Workspace
    {
        public int Users;
    }

    [Fact]
    public void A_returned_workspace_is_rented_again_and_an_empty_pool_has_none()
    {
        var pool = new WorkspacePool<Workspace>();
        Assert.Null(pool.TryRent());
        Workspace a = new(), b = new(), c = new();
        pool.Return(a);
        pool.Return(b);
        pool.Return(c);
        Assert.Same(c, pool.TryRent());
        Assert.Equal(new HashSet<Workspace?> { a, b }, [pool.TryRent(), pool.TryRent()]);
        Assert.Null(pool.TryRent());
    }

    [Fact]
    public void A_full_pool_drops_what_it_cannot_hold()
    {
        var pool = new WorkspacePool<Workspace>();
        for (int i = 0; i < 10_000; i++)
            pool.Return(new Workspace());
        int held = 0;
        while (pool.TryRent() is not null)
            held++;
        Assert.InRange(held, 33, 9_999);
    }

    [Fact]
    public void No_workspace_has_two_users_at_once()
    {
        var pool = new WorkspacePool<Workspace>();
        int shared = 0, made = 0;
        Thread[] threads = [.. Enumerable.Range(0, 8).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < 20_000; i++)
            {
                Workspace? workspace = pool.TryRent();
                if (workspace is null)
                {
                    Interlocked.Increment(ref made);
                    workspace = new Workspace();
                }
                if (Interlocked.Increment(ref workspace.Users) != 1)
                    Interlocked.Increment(ref shared);
                Interlocked.Decrement(ref workspace.Users);
                pool.Return(workspace);
            }
        }))];
        Array.ForEach(threads, t => t.Start());
        Array.ForEach(threads, t => t.Join());
        Assert.Equal(0, shared);
    }

    [Fact]
    public void Renting_and_returning_allocate_nothing()
    {
        var pool = new WorkspacePool<Workspace>();
        Workspace a = new(), b = new();
        pool.Return(a);
        pool.Return(b);
        Assert.Equal(0, Allocations.Of(() =>
        {
            for (int i = 0; i < 1000; i++)
            {
                Workspace? first = pool.TryRent(), second = pool.TryRent();
                pool.Return(first!);
                pool.Return(second!);
            }
        }));
    }
}
