namespace NetGen;

public sealed unsafe partial class NativeBuffer
{
    /// <summary>The first element, for a frame; whoever uses it holds the buffer alive.</summary>
    internal float* Pointer => data;
}
