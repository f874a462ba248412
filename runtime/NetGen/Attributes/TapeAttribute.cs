namespace NetGen;

/// <summary>
/// An element of a network's tape: a layer, a block, or one of the tape's own words. The attributes of a class, in the order in which they are written,
/// are the network; each takes the output of the one before it.
/// </summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true, Inherited = false)]
public abstract class TapeAttribute : Attribute
{
    private protected TapeAttribute()
    {
    }
}
