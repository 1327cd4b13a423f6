declare module 'engine:wasm' {
    const url: string;
    export default url;
    export const size: number;
}
declare module 'engine:image' {
    const url: string;
    export default url;
    export const size: number;
}
