namespace NetGen;

/// <summary>
/// The input as it is, and a penalty on its elements that is added to the loss: l1 times the sum of their magnitudes and l2 times that of their squares, over the whole batch. As in Keras 3, the
/// sum is not divided by the number of samples; <see cref="LayerAttribute.ActivityRegularizer"/> is the same of any layer's output.
/// </summary>
public sealed class ActivityRegularizationAttribute : LayerAttribute
{
    /// <summary>The factor of the sum of magnitudes, at least 0; 0 unless given.</summary>
    public object? L1 { get; set; }

    /// <summary>The factor of the sum of squares, at least 0; 0 unless given.</summary>
    public object? L2 { get; set; }
}
