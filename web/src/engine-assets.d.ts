declare module 'engine:wasm' {
    const url: string;
    export default url;
}
declare module 'engine:image' {
    const url: string;
    export default url;
}
