namespace NetGen;

/// <summary>The parameters in a network's master weights, which stay.</summary>
internal sealed unsafe class MasterParameters(ParameterInfo[] parameters, NativeBuffer weights) : ParameterSource
{
    /// <inheritdoc/>
    public override float* Get(int index) => weights.Pointer + parameters[index].Offset;

    /// <inheritdoc/>
    public override void Read(int index, Span<float> destination) => weights.Slice(parameters[index].Offset, destination.Length).CopyTo(destination);

    /// <inheritdoc/>
    public override void Release(int index)
    {
    }
}
