using System.ComponentModel;

namespace NetGen;

/// <summary>One program that every part of a team runs at the same time, each on its share of the work.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITeamJob
{
    /// <summary>
    /// Whether no part passes a barrier. The caller's thread then also runs the parts of workers that have not begun, for example as they wait for a processor.
    /// </summary>
    bool IsWithoutBarriers => false;

    /// <summary>
    /// Does the share of one part. Every part must pass the same number of barriers; whatever is reduced must not depend on
    /// <paramref name="parts"/> in its order.
    /// </summary>
    /// <param name="part">Which part this is, from 0 (always on the caller's own thread) to <paramref name="parts"/> - 1.</param>
    /// <param name="parts">The number of parts.</param>
    /// <param name="barrier">Where the parts wait for each other.</param>
    void Run(int part, int parts, TeamBarrier barrier);
}
