using System.Runtime.CompilerServices;

namespace NetGen;

/// <summary>
/// The transforms of Winograd's minimal filtering F(m,r) along one axis: of the m + r - 1 inputs of a tile, of the r taps of the filter, and from the products
/// to the m outputs (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", 2015); and the transposes of the last two, which the filter's gradient
/// takes. Two axes are one after the other.
/// </summary>
internal unsafe interface IWinogradForm
{
    /// <summary>m, the outputs of a tile along an axis.</summary>
    static abstract int Outputs { get; }

    /// <summary>r, the taps of the filter along an axis.</summary>
    static abstract int Taps { get; }

    /// <summary>From m + r - 1 inputs, a step apart, to as many factors.</summary>
    static abstract void Input<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From r taps, a step apart, to m + r - 1 factors.</summary>
    static abstract void Filter<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From m + r - 1 products, a step apart, to m outputs.</summary>
    static abstract void Output<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From the gradients of m outputs, a step apart, to those of m + r - 1 products: the transpose of <see cref="Output"/>.</summary>
    static abstract void OutputGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;

    /// <summary>From the gradients of m + r - 1 factors, a step apart, to those of r taps: the transpose of <see cref="Filter"/>.</summary>
    static abstract void FilterGradient<TLanes>(float* from, nint step, float* to, nint stepTo)
        where TLanes : struct, ILanes<TLanes>;
}
