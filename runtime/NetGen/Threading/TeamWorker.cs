namespace NetGen;

/// <summary>A background thread of a team: it takes its part whenever it is posted, spins a little for the next, then parks.</summary>
internal sealed class TeamWorker
{
    private const int Idle = 0, Posted = 1, Parked = 2;

    private readonly object gate = new();
    private readonly Team team;
    private readonly int part;
    private PaddedInt state;

    /// <summary>Starts the thread.</summary>
    public TeamWorker(Team team, int part)
    {
        this.team = team;
        this.part = part;
        // The thread lives as long as the process; it must not carry the context of whoever came first.
        new Thread(Loop) { IsBackground = true, Name = $"NetGen worker {part}" }.UnsafeStart();
    }

    /// <summary>Lets the worker take its part of the team's job, which is offered already.</summary>
    public void Post()
    {
        if (Interlocked.Exchange(ref state.Value, Posted) != Parked)
            return;
        lock (gate)
            Monitor.Pulse(gate);
    }

    private void Loop()
    {
        while (true)
        {
            if (!SpinPause.UntilNot(ref state.Value, Idle))
                Park();
            // A post that comes between may be overwritten; its part is offered before it, so that this turn takes it.
            Interlocked.Exchange(ref state.Value, Idle);
            team.TakePart(part);
        }
    }

    private void Park()
    {
        if (Interlocked.CompareExchange(ref state.Value, Parked, Idle) != Idle)
            return;
        lock (gate)
        {
            while (Volatile.Read(ref state.Value) == Parked)
                Monitor.Wait(gate);
        }
    }
}
