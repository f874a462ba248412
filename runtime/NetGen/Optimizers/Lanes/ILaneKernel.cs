namespace NetGen;

/// <summary>An element-wise kernel over flat buffers: a struct of pointers and scalars that <see cref="Lanes.Run"/> inlines at every width.</summary>
internal interface ILaneKernel
{
    /// <summary>Computes the lanes that begin at element <paramref name="index"/>.</summary>
    void Apply<TLanes>(nint index) where TLanes : struct, ILanes<TLanes>;
}
