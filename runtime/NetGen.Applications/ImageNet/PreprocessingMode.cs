namespace NetGen;

/// <summary>How pixels from 0 to 255 become the input of a network, as in <c>keras.applications.imagenet_utils.preprocess_input</c>. A network's weights want the one they were trained with.</summary>
public enum PreprocessingMode
{
    /// <summary>Red, green, blue become blue, green, red, less the means 103.939, 116.779 and 123.68 of ImageNet: VGG and ResNet. In the network, <see cref="CaffePreprocessingAttribute"/> does it.</summary>
    Caffe,

    /// <summary>x / 127.5 - 1, from -1 to 1: ResNet V2 and MobileNet. In the network, <see cref="TFPreprocessingAttribute"/> does it.</summary>
    TF,

    /// <summary>x / 255, less the means 0.485, 0.456 and 0.406, over the deviations 0.229, 0.224 and 0.225. In the network, <see cref="TorchPreprocessingAttribute"/> does it.</summary>
    Torch,
}
