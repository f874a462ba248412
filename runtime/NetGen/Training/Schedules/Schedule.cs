namespace NetGen;

/// <summary>A learning rate that depends on the number of finished steps. Derive from it for one's own; it must not keep state.</summary>
public abstract class Schedule
{
    /// <summary>The learning rate of the step that follows <paramref name="step"/> finished steps.</summary>
    /// <param name="step">The number of finished steps, 0 at first.</param>
    /// <returns>The rate: finite and not negative.</returns>
    public abstract double At(long step);
}
