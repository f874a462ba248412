namespace NetGen.Generator;

/// <summary>
/// Padding.Same of filters and windows, as TensorFlow and Keras have it: ceil(size / stride) places of the output, and the odd place outside stands behind the map.
/// </summary>
internal static class SamePadding
{
    /// <summary>How far a window reaches out of the map before and behind it, along one axis.</summary>
    /// <param name="context">The layer.</param>
    /// <param name="size">The map's size.</param>
    /// <param name="extent">The places that the window spans.</param>
    /// <param name="stride">Its step.</param>
    /// <exception cref="ProblemException">The places outside would depend on a size that is known only at run time.</exception>
    public static (int Before, int After) Of(LayerContext context, Dim size, long extent, long stride)
    {
        if (!size.IsConstant && stride > 1)
        {
            throw context.Fail("NG0012", "Padding", $"Padding.Same of {context.Place} with a stride of {stride} needs a constant size; {context.X.Shape} is known only at run time.");
        }

        long total = size.IsConstant ? Math.Max((((size.Constant + stride - 1) / stride - 1) * stride) + extent - size.Constant, 0) : extent - 1;
        return checked(((int)(total / 2), (int)(total - (total / 2))));
    }
}
