namespace NetGen;

/// <summary>One variable's place in the flat buffers, and how it takes part in training.</summary>
/// <param name="Offset">Its first element.</param>
/// <param name="Length">Its number of elements, padding included.</param>
/// <param name="LearningRateScale">What multiplies the learning rate for it.</param>
/// <param name="Decays">Whether weight decay applies to it.</param>
/// <param name="Trainable">False for a frozen variable, which neither moves nor counts in a norm.</param>
/// <param name="Parameter">Its name, its shape in Keras's layout and how it lies there; null for a row of elements without a name.</param>
internal readonly record struct UpdateRange(
    int Offset, int Length, double LearningRateScale = 1, bool Decays = true, bool Trainable = true, ParameterInfo? Parameter = null);
