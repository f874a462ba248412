using System.ComponentModel;

namespace NetGen;

/// <summary>
/// The right to run jobs on a team until it is disposed. The default value has no team: its jobs run on the caller's thread alone.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct TeamLease : IDisposable
{
    private readonly Team? team;
    private readonly long id;
    private readonly int parts;

    internal TeamLease(Team team, long id, int parts)
    {
        this.team = team;
        this.id = id;
        this.parts = parts;
    }

    /// <summary>The number of parts that a job has.</summary>
    public int Parts => Math.Max(parts, 1);

    /// <summary>Runs a job on all parts and returns when every one of them has ended. Nothing is allocated.</summary>
    /// <param name="job">The program; what one part throws is thrown here, when all have ended.</param>
    /// <exception cref="ObjectDisposedException">The lease has been disposed.</exception>
    public void Run(ITeamJob job)
    {
        if (team is null)
            job.Run(0, 1, TeamBarrier.Alone);
        else
            team.Run(id, job, parts);
    }

    /// <summary>Gives the team back.</summary>
    public void Dispose() => team?.Release(id);
}
